import type { AuthoringFile } from '../engine/authoring/authoringFile.ts';
import { createWorkspacePaths } from '../engine/rules/globs/workspacePaths.ts';
import { parseRuleDocument } from '../engine/rules/parseRuleDocument.ts';
import { createPlainCatalog } from './plainCatalog.ts';
import { parseMarkedText } from './markedText.ts';

/** A rule file in a workspace with the given rule files and other paths; rules neither inherit nor refer here. */
export function createAuthoringFile(
  path: string,
  text: string,
  {
    rules = {},
    paths = [],
  }: { readonly rules?: Readonly<Record<string, string>>; readonly paths?: readonly string[] } = {},
): AuthoringFile {
  const document = parseRuleDocument(path, text);
  const others = Object.entries(rules).map(([other, content]) => parseRuleDocument(other, content));
  return {
    document,
    catalog: createPlainCatalog([document, ...others]),
    workspace: createWorkspacePaths([path, ...Object.keys(rules), ...paths]),
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
