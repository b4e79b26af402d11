import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { SyntaxFault, SyntaxFile } from '../../ports/syntax.ts';
import { passed, refuse, type Gate, type GateDeps } from './gate.ts';

/** No new parse errors: the text parses, or does not parse in no more places than before. */
export const syntaxGate: Gate = {
  name: 'syntax',
  async judge(file, deps, signal) {
    if (file.after === undefined) return passed('deleted');
    const check = await deps.syntax.check(asSyntaxFile(file, file.after, deps), signal);
    if (check.kind === 'parsed') return passed();
    if (check.kind === 'notChecked')
      return { outcome: 'notChecked', note: `syntax not checked: ${check.reason}` };

    const [fault] = check.faults;
    if (file.before === undefined) return refuse(describe(fault));
    const before = await deps.syntax.check(asSyntaxFile(file, file.before, deps), signal);
    if (before.kind !== 'broken') return refuse(describe(fault));
    const added = findNewFault({ text: file.before, faults: before.faults }, { text: file.after, ...check });
    if (added !== undefined)
      return refuse(`${describe(added)}; the file did not parse before either, but for other reasons`);
    return { outcome: 'notChecked', note: `the file did not parse before either; ${describe(fault)}` };
  },
};

interface BrokenText {
  readonly text: string;
  readonly faults: readonly SyntaxFault[];
}

/**
 * The first fault on a line that did not break before, wherever that line stands now. What is mended in part may break
 * further on, so a text with no more faults than before has no new one.
 */
function findNewFault(before: BrokenText, after: BrokenText): SyntaxFault | undefined {
  if (after.faults.length <= before.faults.length) return undefined;
  const known = new Set(before.faults.map(({ line }) => lineOf(before.text, line)));
  return after.faults.find(({ line }) => !known.has(lineOf(after.text, line)));
}

function lineOf(text: string, line: number): string {
  return text.split(/\r\n|\r|\n/)[line]?.trim() ?? '';
}

function describe({ line, message }: SyntaxFault): string {
  return `line ${line + 1} does not parse: ${message}`;
}

function asSyntaxFile({ path }: ProposedFile, text: string, { moduleTypeOf }: GateDeps): SyntaxFile {
  const moduleType = moduleTypeOf?.(path);
  return moduleType === undefined ? { path, text } : { path, text, moduleType };
}
