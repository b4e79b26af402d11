import type { ChosenPart, ProposedFile } from '../../protocol/runEvents.ts';
import { findHunks, keepHunks } from '../documents/hunks.ts';

/** What a person takes of a proposal. */
export interface PartChoice {
  /** Files to take; undefined: all. */
  readonly paths?: readonly string[];
  /** Of these files only these hunks; of a file that is not named, all. */
  readonly hunks?: readonly { readonly path: string; readonly kept: readonly number[] }[];
}

export interface ChosenParts {
  /** As they would be with the chosen parts alone; files of which nothing is taken are left out. */
  readonly files: readonly ProposedFile[];
  /** Something of the proposal is left out. */
  readonly isNarrowed: boolean;
  /** One per file of which something is taken. */
  readonly parts: readonly ChosenPart[];
}

/** Restricts a proposal to what a person takes of it. */
export function chooseParts(files: readonly ProposedFile[], { paths, hunks = [] }: PartChoice): ChosenParts {
  const chosen: ProposedFile[] = [];
  const parts: ChosenPart[] = [];
  let isNarrowed = false;
  for (const file of files) {
    const { path, before } = file;
    const all = findHunks(before, file.after).length;
    const named = hunks.find((each) => each.path === path)?.kept;
    const kept = new Set(named?.filter((index) => index >= 0 && index < all) ?? [...Array(all).keys()]);
    if (paths?.includes(path) === false || (kept.size === 0 && all > 0)) {
      isNarrowed = true;
      continue;
    }
    isNarrowed ||= kept.size < all;
    const after = keepHunks(before, file.after, kept);
    chosen.push({
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    });
    parts.push({ path, of: all, hunks: [...kept].sort((a, b) => a - b) });
  }
  return { files: chosen, isNarrowed, parts };
}
