import { parseAllDocuments } from 'yaml';
import type { SyntaxFault } from '../../engine/ports/syntax.ts';
import { lineAt } from './lineAt.ts';

const maxFaults = 50;

/** Where a text is no YAML; it may hold several documents. Tags and aliases are not resolved. */
export function findYamlFaults(text: string): readonly SyntaxFault[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false });
  return documents
    .flatMap(({ errors }) => errors)
    .slice(0, maxFaults)
    .map(({ message, pos: [start, end] }) => ({
      line: lineAt(text, start),
      message: message.slice(0, 200),
      span: { start, end: Math.min(end, text.length) },
    }));
}
