import { locateBlock } from '../../server/engine/generation/locate/locateBlock.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { createEdit, type Edit } from '../inputs/edits.ts';
import { measurePairs, type Sampler } from '../measure/measurePairs.ts';
import { besidePeer } from '../measure/results.ts';
import { timeWork } from '../measure/timeWork.ts';

const name = 'locate-exact';

/** Finding the one place of a block and putting another text there. */
export const locateExact: BenchRow = {
  names: [name],
  async run(context) {
    const lengths = context.size === 'full' ? [1_000, 10_000, 100_000] : [500];
    const results: BenchResult[] = [];
    for (const lines of lengths) results.push(await exact(createEdit(context.root, lines), context));
    results.push(await indented(createEdit(context.root, lengths[1] ?? lengths[0] ?? 500), context));
    return results;
  },
};

function sampleOurs({ text, search, replace }: Edit): Sampler {
  return timeWork(() => {
    const place = locateBlock(text, search);
    if (place.kind !== 'found') throw new Error(`The block was not found: ${place.kind}.`);
    return splice(text, place, replace.slice(0, -1));
  });
}

/** The least that can be done, and without knowing whether the place is the only one. */
function sampleIndexOf({ text, search, replace }: Edit): Sampler {
  return timeWork(() => {
    const at = text.indexOf(search);
    return splice(text, { start: at, end: at + search.length }, replace);
  });
}

/** Asking for a character makes one text of the parts, which JavaScript otherwise puts off. */
function splice(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  by: string,
): number {
  return (text.slice(0, start) + by + text.slice(end)).charCodeAt(start);
}

async function exact(edit: Edit, { size }: BenchContext): Promise<BenchResult> {
  const pairs = await measurePairs({
    ours: sampleOurs(edit),
    beside: sampleIndexOf(edit),
    rounds: size === 'full' ? 15 : 2,
  });
  const texts = {
    name: `${name}/${edit.lines}`,
    what: `a block of 8 lines replaced in ${edit.lines} lines`,
    beside: 'indexOf and splice',
  };
  return besidePeer(texts, pairs, 1.5);
}

/** The model wrote the block two spaces deeper than it stands. */
async function indented(edit: Edit, { size }: BenchContext): Promise<BenchResult> {
  const deeper = edit.search.replaceAll(/^/gm, '  ').replace(/ +$/, '');
  const pairs = await measurePairs({
    ours: sampleOurs({ ...edit, search: deeper }),
    beside: sampleOurs(edit),
    rounds: size === 'full' ? 15 : 2,
  });
  const texts = {
    name: `${name}/indented`,
    what: `the same block at another depth, in ${edit.lines} lines`,
    beside: 'the block exactly as it stands',
  };
  return besidePeer(texts, pairs, 3);
}
