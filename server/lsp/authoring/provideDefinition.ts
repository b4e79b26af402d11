import type { DefinitionParams, LocationLink } from 'vscode-languageserver/node';
import { createLineMap } from '../../engine/documents/lineMap.ts';
import { findDefinition } from '../../engine/authoring/references/findDefinition.ts';
import { ruleUri, type OpenRule } from './openRule.ts';

export function provideDefinition(rule: OpenRule, { position }: DefinitionParams): LocationLink[] {
  const definition = findDefinition(rule, rule.lines.offsetAt(position));
  if (definition === undefined) return [];
  return definition.places.map(({ path, text, span }) => {
    const range = createLineMap(text ?? '').toRange(span);
    return {
      originSelectionRange: rule.lines.toRange(definition.origin),
      targetUri: ruleUri(rule.root, path),
      targetRange: range,
      targetSelectionRange: range,
    };
  });
}
