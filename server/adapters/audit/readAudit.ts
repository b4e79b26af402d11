import type { AuditProblem, AuditReading } from '../../engine/ports/audit.ts';
import type { AuditEntry } from '../../protocol/audit.ts';
import type { UserStorage } from '../journal/userStorage.ts';
import { auditFolder, auditKey, listAuditFiles, readLines } from './auditFolder.ts';
import { firstSum, readAuditLine, type AuditLine } from './auditFrame.ts';

/**
 * Reads the log of a folder: every line is held to its own digest, and to the line before. What is damaged is named, and what
 * follows it still counts. Throws where a file cannot be read.
 */
export function readAudit(storage: UserStorage, root: string): AuditReading {
  const files = listAuditFiles(auditFolder(storage, root));
  if (files.length === 0)
    return { entries: [], problems: [], foreign: false, cut: false, files, forgotten: 0 };
  const key = auditKey(storage, root);
  const chain = new Chain();
  let cut = false;
  for (const [index, file] of files.entries()) {
    const { lines, rest } = readLines(file);
    for (const [at, line] of lines.entries()) chain.take(readAuditLine(key, line), { file, line: at + 1 });
    // Only the last file may end within a line.
    cut = rest > 0;
    if (cut && index < files.length - 1) chain.take('unreadable', { file, line: lines.length + 1 });
  }
  const { entries } = chain;
  const { problems, forgotten } = chain.end();
  return { entries, problems, foreign: problems.length > 0 && entries.length === 0, cut, files, forgotten };
}

type Place = Pick<AuditProblem, 'file' | 'line'>;

class Chain {
  readonly entries: AuditEntry[] = [];
  readonly problems: AuditProblem[] = [];
  /** The beginning of the log that is missing; whether it may be is known at the end. */
  #start: { readonly problem: AuditProblem; readonly last: number; readonly sum: string } | undefined;
  #sum = firstSum;
  #next = 0;
  /** The lines right before could not be vouched for. */
  #isBroken = false;

  take(line: AuditLine | 'altered' | 'unreadable', place: Place): void {
    if (typeof line === 'string') {
      this.problems.push({ ...place, kind: line });
      this.#isBroken = true;
      return;
    }
    this.#link(line, place);
    this.entries.push(...line.entries);
    this.#sum = line.sum;
    this.#next = line.entries[0].seq + line.entries.length;
    this.#isBroken = false;
  }

  /** What is wrong, all in all. The beginning may be missing where a line says that it was dropped, up to exactly there. */
  end(): { readonly problems: readonly AuditProblem[]; readonly forgotten: number } {
    const start = this.#start;
    const isDropped =
      start !== undefined &&
      this.entries.some(({ right }) => right.kind === 'forget' && isWithin(right, start.last, start.sum));
    if (!isDropped) return { problems: this.problems, forgotten: 0 };
    return {
      problems: this.problems.filter((problem) => problem !== start.problem),
      forgotten: start.last + 1,
    };
  }

  #link({ after, entries: [{ seq }] }: AuditLine, place: Place): void {
    const gone = [this.#next, seq - 1] as const;
    const last = this.problems.at(-1);
    if (seq > 0 && this.entries.length === 0 && last === undefined) {
      const problem: AuditProblem = { ...place, kind: 'missing', entries: gone };
      this.problems.push(problem);
      this.#start = { problem, last: seq - 1, sum: after };
    } else if (seq > this.#next && this.#isBroken && last !== undefined)
      this.problems.splice(-1, 1, { ...last, entries: gone });
    else if (seq > this.#next) this.problems.push({ ...place, kind: 'missing', entries: gone });
    else if (seq < this.#next || (after !== this.#sum && !this.#isBroken))
      this.problems.push({ ...place, kind: 'moved', entries: [seq, seq] });
  }
}

/** A process may have ended after it wrote that files go and before all were gone; then more is there than needs to be. */
function isWithin(
  { entries: [, until], sum }: Extract<AuditEntry['right'], { readonly kind: 'forget' }>,
  last: number,
  lastSum: string,
): boolean {
  return last === until ? sum === lastSum : last < until;
}
