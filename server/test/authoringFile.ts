import type { AuthoringFile } from '../engine/authoring/authoringFile.ts';
import { createWorkspacePaths } from '../engine/rules/globs/workspacePaths.ts';
import { parseRuleDocument } from '../engine/rules/parseRuleDocument.ts';

import { parseMarkedText } from './markedText.ts';
import { createTextCatalog } from './textCatalog.ts';

/** A rule file in a workspace with the given texts of other rules and fragments (`builtin:NAME` too), and further paths. */
export function createAuthoringFile(
  path: string,
  text: string,
  {
    rules = {},
    paths = [],
  }: { readonly rules?: Readonly<Record<string, string>>; readonly paths?: readonly string[] } = {},
): AuthoringFile {
  const further = Object.fromEntries(paths.map((other) => [other, '']));
  const catalog = createTextCatalog({ ...further, ...rules, [path]: text });
  const files = [path, ...Object.keys(rules), ...paths].filter((each) => !each.startsWith('builtin:'));
  return {
    document: catalog.document(path) ?? parseRuleDocument(path, text),
    catalog,
    workspace: createWorkspacePaths(files),
  };
}

/** A text whose first mark is a place: its end is the cursor, unless a mark inside of it says otherwise. */
export function takeCursor(marked: string): {
  readonly text: string;
  readonly offset: number;
  readonly span: { readonly start: number; readonly end: number };
} {
  const { text, spans } = parseMarkedText(marked);
  const span = spans.at(-1) ?? { start: 0, end: 0 };
  const cursor = spans.length > 1 ? (spans[0]?.start ?? 0) : span.end;
  return { text, offset: cursor, span };
}
