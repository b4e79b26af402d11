import type { Syntax, SyntaxCheck, SyntaxFault, SyntaxFile, SyntaxNode } from '../../engine/ports/syntax.ts';
import { createCompilers, type Compilers } from './compilers.ts';
import { GrammarParser } from './grammarParser.ts';
import { checkJson } from './jsonSyntax.ts';
import { checkJsonWithComments } from './jsoncSyntax.ts';
import { isTemplate } from './templateMarks.ts';
import { textFormatOf } from './textFormats.ts';

export interface SyntaxParts {
  readonly compilers?: Compilers;
  readonly grammars?: Pick<GrammarParser, 'check' | 'parse'>;
}

/**
 * A language's own compiler decides where one is at hand: of texts that it refuses, a grammar passes over a good part.
 * Grammars read all other languages, and say at which characters a text does not parse.
 */
export function createSyntax({
  compilers = createCompilers(),
  grammars = new GrammarParser(),
}: SyntaxParts = {}): Syntax {
  return {
    async check(file, signal) {
      const format = textFormatOf(file.path);
      if (format === 'json') return checkJson(file.text);
      if (format === 'jsonc') return checkJsonWithComments(file.text);
      if (format === 'html' && isTemplate(file.text))
        return { kind: 'notChecked', reason: 'it holds marks of a template, which no parser of HTML knows' };
      const compiled = await compilers(file, signal);
      if (compiled?.kind === 'parsed') return compiled;
      const read = await grammars.check(file, signal);
      if (compiled === undefined) return read;
      if (compiled.kind === 'notChecked') {
        return read.kind === 'notChecked' && read.reason !== compiled.reason
          ? { kind: 'notChecked', reason: `${compiled.reason}; ${read.reason}` }
          : read;
      }
      if (read.kind === 'broken')
        return { kind: 'broken', faults: mergeFaults(compiled.faults, read.faults) };
      return read.kind === 'parsed' && (await isJsx(grammars, file, signal)) ? read : compiled;
    },
    parse: (file, signal) => grammars.parse(file, signal),
  };
}

type Faults = Extract<SyntaxCheck, { readonly kind: 'broken' }>['faults'];

/** The compiler knows best what is wrong, and the grammar where. */
function mergeFaults([compiled]: Faults, read: Faults): Faults {
  const same = read.find(({ line }) => line === compiled.line);
  const first: SyntaxFault = same?.span === undefined ? compiled : { ...compiled, span: same.span };
  return [first, ...read.filter(({ line }) => line !== compiled.line)];
}

/** Tags in a `.js` file are for a build that we do not know, so no compiler at hand reads them. */
async function isJsx(
  grammars: Required<SyntaxParts>['grammars'],
  file: SyntaxFile,
  signal: AbortSignal,
): Promise<boolean> {
  if (!file.text.includes('<')) return false;
  const parsed = await grammars.parse(file, signal);
  return parsed.kind === 'tree' && hasNode(parsed.root, /^jsx_/);
}

function hasNode(root: SyntaxNode, type: RegExp): boolean {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (type.test(node.type)) return true;
    for (const child of node.children) open.push(child);
  }
  return false;
}
