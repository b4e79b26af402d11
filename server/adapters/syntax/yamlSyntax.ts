import { parseAllDocuments, visit, type Document } from 'yaml';
import type { SyntaxFault } from '../../engine/ports/syntax.ts';
import { lineAt } from './lineAt.ts';

const maxFaults = 50;

/** Where a text is no YAML; it may hold several documents. Tags are not resolved, and aliases are not followed. */
export function findYamlFaults(text: string): readonly SyntaxFault[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false });
  return [...documents]
    .flatMap((document) => {
      const errors = document.errors.map(({ message, pos }) => ({ message, pos }));
      return errors.length > 0 ? errors : findUnknownAliases(document);
    })
    .slice(0, maxFaults)
    .map(({ message, pos: [start, end] }) => ({
      line: lineAt(text, start),
      message: message.slice(0, 200),
      span: { start, end: Math.min(end, text.length) },
    }));
}

interface Found {
  readonly message: string;
  readonly pos: readonly [start: number, end: number];
}

/** Nothing that reads the file takes an alias of what was not there before it, such as an unquoted `*.md`. */
function findUnknownAliases(document: Document.Parsed): readonly Found[] {
  const anchors = new Set<string>();
  const found: Found[] = [];
  visit(document, {
    Alias: (_key, { source, range }) => {
      const [start, end] = range ?? [0, 0];
      if (!anchors.has(source))
        found.push({ message: `there is no anchor for *${source}`, pos: [start, end] });
    },
    Value: (_key, { anchor }) => {
      if (anchor !== undefined) anchors.add(anchor);
    },
  });
  return found;
}
