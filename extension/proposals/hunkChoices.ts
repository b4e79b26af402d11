import type { ProposalHunk } from '../../server/protocol/proposals.ts';
import type { ProposalSide } from './proposalUri.ts';

/** One hunk of a file of a proposal. */
export interface HunkPlace {
  readonly run: string;
  readonly path: string;
  /** Its index among the hunks of the file. */
  readonly hunk: number;
}

interface HunkFile {
  readonly path: string;
  readonly hunks: readonly ProposalHunk[];
}

/** Which hunks of open proposals a person left out; all others are taken. */
export class HunkChoices {
  readonly #left = new Map<string, Set<string>>();

  isTaken({ run, path, hunk }: HunkPlace): boolean {
    return this.#left.get(run)?.has(keyOf(path, hunk)) !== true;
  }

  set({ run, path, hunk }: HunkPlace, isTaken: boolean): void {
    const left = this.#left.get(run) ?? new Set();
    this.#left.set(run, left);
    if (isTaken) left.delete(keyOf(path, hunk));
    else left.add(keyOf(path, hunk));
  }

  /** Hunks to take, by file, of files of which something is left out; a file that is not named is taken whole. */
  kept(
    run: string,
    files: readonly HunkFile[],
  ): readonly { readonly path: string; readonly kept: readonly number[] }[] {
    return files.flatMap(({ path, hunks }) => {
      const all = [...hunks.keys()];
      const kept = all.filter((hunk) => this.isTaken({ run, path, hunk }));
      return kept.length === all.length ? [] : [{ path, kept }];
    });
  }

  forget(run: string): void {
    this.#left.delete(run);
  }
}

function keyOf(path: string, hunk: number): string {
  return `${hunk}:${path}`;
}

/** The hunk that a line of one side is in or nearest to; undefined: there is none. Lines count from 0. */
export function hunkAt(hunks: readonly ProposalHunk[], side: ProposalSide, line: number): number | undefined {
  let best: number | undefined;
  let least = Infinity;
  for (const [index, { [side]: span }] of hunks.entries()) {
    const last = span.start + Math.max(span.count, 1) - 1;
    const distance = line < span.start ? span.start - line : Math.max(0, line - last);
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

/** The next hunk behind or before a line, from the other end when there is none. */
export function nextHunk(
  hunks: readonly ProposalHunk[],
  { side, line, step }: { readonly side: ProposalSide; readonly line: number; readonly step: 1 | -1 },
): number | undefined {
  const starts = hunks.map((hunk) => hunk[side].start);
  const found =
    step === 1 ? starts.findIndex((start) => start > line) : starts.findLastIndex((start) => start < line);
  if (found >= 0) return found;
  return hunks.length === 0 ? undefined : step === 1 ? 0 : hunks.length - 1;
}
