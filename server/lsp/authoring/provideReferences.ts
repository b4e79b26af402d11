import type { Location, ReferenceParams } from 'vscode-languageserver/node';
import { findReferencesTo, targetAt } from '../../engine/authoring/references/findReferences.ts';
import { uriOf } from '../folders.ts';
import { linesOf, type OpenRule } from './openRule.ts';

export function provideReferences(rule: OpenRule, { position, context }: ReferenceParams): Location[] {
  const offset = rule.lines.offsetAt(position);
  const references = findReferencesTo(rule, offset).flatMap(({ path, reference }): readonly Location[] => {
    const document = rule.catalog.document(path);
    return document === undefined || path.startsWith('builtin:')
      ? []
      : [{ uri: uriOf(rule.root, path), range: linesOf(document).toRange(reference.span) }];
  });
  return [...(context.includeDeclaration ? declarationsOf(rule, targetAt(rule, offset)) : []), ...references];
}

function declarationsOf(rule: OpenRule, path: string | undefined): readonly Location[] {
  const document = path === undefined ? undefined : rule.catalog.document(path);
  if (document === undefined || document.path.startsWith('builtin:')) return [];
  const name = document.file.written.get('name') ?? {
    start: document.file.span.start,
    end: document.file.span.start,
  };
  return [{ uri: uriOf(rule.root, document.path), range: linesOf(document).toRange(name) }];
}
