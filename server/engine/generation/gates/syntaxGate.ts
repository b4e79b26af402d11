import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { SyntaxFile } from '../../ports/syntax.ts';
import { passed, refuse, type Gate, type GateDeps } from './gate.ts';

/** Parses, or did not parse before either. */
export const syntaxGate: Gate = {
  name: 'syntax',
  async judge(file, deps, signal) {
    if (file.after === undefined) return passed('deleted');
    const check = await deps.syntax.check(asSyntaxFile(file, file.after, deps), signal);
    if (check.kind === 'parsed') return passed();
    if (check.kind === 'notChecked')
      return { outcome: 'notChecked', note: `syntax not checked: ${check.reason}` };

    const fault = `line ${check.line + 1} does not parse: ${check.message}`;
    if (file.before === undefined) return refuse(fault);
    const before = await deps.syntax.check(asSyntaxFile(file, file.before, deps), signal);
    if (before.kind !== 'broken') return refuse(fault);
    return { outcome: 'notChecked', note: `the file did not parse before either; ${fault}` };
  },
};

function asSyntaxFile({ path }: ProposedFile, text: string, { moduleTypeOf }: GateDeps): SyntaxFile {
  const moduleType = moduleTypeOf?.(path);
  return moduleType === undefined ? { path, text } : { path, text, moduleType };
}
