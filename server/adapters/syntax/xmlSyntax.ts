import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml';
import type { SyntaxFault } from '../../engine/ports/syntax.ts';
import { lineAt } from './lineAt.ts';

/** Where a text is not well-formed XML, or uses a prefix that it does not declare; the first place. */
export function findXmlFaults(text: string): readonly SyntaxFault[] {
  try {
    // A document type may declare more entities; it is not read.
    const options = { ignoreUndefinedEntities: text.includes('<!DOCTYPE'), includeOffsets: true };
    const { root } = parseXml(text, options);
    const unknown = root === null ? undefined : findUnknownPrefix(root);
    if (unknown === undefined) return [];
    return [
      { line: lineAt(text, unknown.start), message: `the prefix \`${unknown.prefix}\` is not declared` },
    ];
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const message = error.message.split('\n', 1)[0] ?? '';
    return [{ line: error.line - 1, message: message.slice(0, 200) }];
  }
}

interface UnknownPrefix {
  readonly prefix: string;
  /** Of its element. */
  readonly start: number;
}

interface Scope {
  readonly element: XmlElement;
  /** Declared by the elements around it. */
  readonly known: ReadonlySet<string>;
}

function findUnknownPrefix(root: XmlElement): UnknownPrefix | undefined {
  const open: Scope[] = [{ element: root, known: new Set(['xml', 'xmlns']) }];
  for (let scope = open.pop(); scope !== undefined; scope = open.pop()) {
    const { element } = scope;
    const names = Object.keys(element.attributes);
    const own = names.filter((name) => name.startsWith('xmlns:')).map((name) => name.slice(6));
    const known = own.length === 0 ? scope.known : new Set([...scope.known, ...own]);
    const prefix = [element.name, ...names].map(prefixOf).find((each) => each !== '' && !known.has(each));
    if (prefix !== undefined) return { prefix, start: element.start };
    for (const child of element.children.toReversed())
      if (child instanceof XmlElement) open.push({ element: child, known });
  }
  return undefined;
}

function prefixOf(name: string): string {
  const at = name.indexOf(':');
  return at < 0 ? '' : name.slice(0, at);
}
