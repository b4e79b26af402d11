import { parseXml, XmlError } from '@rgrove/parse-xml';
import type { SyntaxFault } from '../../engine/ports/syntax.ts';

/** Where a text is not well-formed XML; the parser stops at the first place. Entities of a DTD are passed over. */
export function findXmlFaults(text: string): readonly SyntaxFault[] {
  try {
    parseXml(text, { ignoreUndefinedEntities: true });
    return [];
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const message = error.message.split('\n', 1)[0] ?? '';
    return [{ line: error.line - 1, message: message.slice(0, 200) }];
  }
}
