import type { LandingAnswer, LandingQuestion } from '../engine/ports/person.ts';
import { findHunks, keepHunks } from '../engine/documents/hunks.ts';
import type { Output } from './output.ts';
import { plainBlock } from './render/plainText.ts';
import { renderDiff } from './render/renderDiff.ts';
import type { ReadAnswer } from './readAnswer.ts';

/**
 * Shows part for part and asks whether it is taken, as `git add -p` does. undefined: no answer came.
 */
export async function chooseHunks(
  { files }: Pick<LandingQuestion, 'files'>,
  {
    read,
    output,
    signal,
  }: { readonly read: ReadAnswer; readonly output: Output; readonly signal: AbortSignal },
): Promise<LandingAnswer['hunks']> {
  const all = files.flatMap((file) =>
    findHunks(file.before, file.after).map((_, index) => ({ file, index })),
  );
  const kept = new Map(files.map(({ path }) => [path, [] as number[]]));
  let rest: boolean | undefined;
  for (const [at, { file, index }] of all.entries()) {
    let take = rest;
    if (take === undefined) {
      const after = keepHunks(file.before, file.after, new Set([index]));
      output.stderr(plainBlock(renderDiff(after === undefined ? file : { ...file, after }), ''));
    }
    while (take === undefined) {
      const answer = await read(
        `Take this part (${at + 1} of ${all.length})? [y]es, [n]o, [a]ll that follow, [d]one: `,
        signal,
      );
      if (answer === undefined || signal.aborted) return undefined;
      const [word = ''] = answer.trim().toLowerCase();
      if (word === 'a' || word === 'd') rest = word === 'a';
      if (word === 'y' || word === 'n') take = word === 'y';
      else take = rest;
    }
    if (take) kept.get(file.path)?.push(index);
  }
  return [...kept].map(([path, indexes]) => ({ path, kept: indexes }));
}
