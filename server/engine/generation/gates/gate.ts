import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { Syntax, SyntaxFile } from '../../ports/syntax.ts';

/** What one gate said about one file. `note` says what was done, or why the file was refused. */
export interface GateResult {
  readonly gate: 'paths' | 'size' | 'syntax' | 'secrets' | 'tests';
  readonly path: string;
  readonly outcome: 'passed' | 'notChecked' | 'refused';
  readonly note: string;
}

export interface GateDeps {
  readonly syntax: Syntax;
  /** Files that the action may write. Asked after the path was found to stay inside the folder. */
  readonly isAllowed: (path: string) => boolean;
  /** How the nearest manifest says that a `.js` file is read; undefined: it says nothing. */
  readonly moduleTypeOf?: (path: string) => SyntaxFile['moduleType'];
  /** The rule lets tests be weakened. */
  readonly mayChangeTests?: boolean;
}

export type Verdict = Pick<GateResult, 'outcome' | 'note'>;

/** One gate. A file that it refuses does not reach the next one. */
export interface Gate {
  readonly name: GateResult['gate'];
  readonly judge: (file: ProposedFile, deps: GateDeps, signal: AbortSignal) => Verdict | Promise<Verdict>;
}

export function passed(note = ''): Verdict {
  return { outcome: 'passed', note };
}

export function refuse(note: string): Verdict {
  return { outcome: 'refused', note };
}
