import type { Span } from '../../documents/span.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import type { AuthoringFile } from '../authoringFile.ts';
import { relativePath } from '../references/relativePath.ts';
import { literal, maxProposals, type Proposal } from './proposal.ts';

/** Rules by name, and, where `style` says so, by the path from this file too. Bundled ones have only names. */
export function proposeRules(
  { document, catalog }: AuthoringFile,
  span: Span,
  style: 'names' | 'paths',
): readonly Proposal[] {
  const others = catalog.documents().filter(({ path }) => path !== document.path);
  const paths = style === 'paths' ? others : [];
  return [
    ...others.map((other) => proposeRule(other, other.file.name, span)),
    ...paths.map((other) => proposeRule(other, relativePath(document.path, other.path), span)),
    ...catalog.bundledDocuments().map((other) => proposeRule(other, other.path, span)),
  ];
}

function proposeRule({ file, path }: RuleDocument, label: string, span: Span): Proposal {
  const detail = file.abstract ? `${path} (abstract)` : path;
  return { kind: 'rule', label, detail, documentation: file.description, snippet: literal(label), span };
}

/** Files of the workspace that hold what was typed, nearest names first; `only` chooses among them. */
export function proposeFiles(
  { document, workspace, offset }: AuthoringFile & { readonly offset: number },
  span: Span,
  style: 'relative' | 'root',
  only: (path: string) => boolean = () => true,
): readonly Proposal[] {
  const typed = document.text
    .slice(span.start, offset)
    .replace(/^(?:\.\.?\/)+/, '')
    .toLowerCase();
  const found: Proposal[] = [];
  for (const path of workspace.all()) {
    if (path === document.path || !path.toLowerCase().includes(typed) || !only(path)) continue;
    const label = style === 'relative' ? relativePath(document.path, path) : path;
    found.push({ kind: 'file', label, snippet: literal(label), span, filter: `${label} ${path}` });
    if (found.length > maxProposals) break;
  }
  return found;
}
