import { locateBlock } from '../../server/engine/generation/locate/locateBlock.ts';
import { replaceBlock } from '../../server/engine/generation/locate/replaceBlock.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { createEdit, type Edit } from '../inputs/edits.ts';
import { measurePairs } from '../measure/measurePairs.ts';
import { besidePeer, notMeasured } from '../measure/results.ts';
import { timeLateWork } from '../measure/timeWork.ts';
import { loadAppliers, type PeerApplier } from '../peers/appliers.ts';

const name = 'locate-peers';

/** The highest ratio that is good. */
const goals: Readonly<Record<PeerApplier['id'], number>> = { cline: 1 / 10, continue: 1 / 100 };

/** Replacing a block that the model wrote two spaces deeper than it stands, beside the appliers of other assistants. */
export const locatePeers: BenchRow = {
  names: [name],
  async run(context) {
    const edit = createEdit(context.root, context.size === 'full' ? 10_000 : 500);
    const deeper = (text: string): string => text.replaceAll(/^(?=.)/gmu, '  ');
    const written = { ...edit, search: deeper(edit.search), replace: deeper(edit.replace) };
    const results: BenchResult[] = [];
    for (const peer of await loadAppliers(context.peers)) {
      const row = `${name}/${peer.id}`;
      results.push('missing' in peer ? notMeasured(row, peer.missing) : await beside(peer, written, context));
    }
    return results;
  },
};

async function beside(peer: PeerApplier, edit: Edit, { size }: BenchContext): Promise<BenchResult> {
  const { text, search, replace, lines } = edit;
  // What it comes to is not what is asked here; that it comes to something is.
  if ((await peer.apply(text, search, replace)) === text) throw new Error(`${peer.label} changed nothing.`);
  const pairs = await measurePairs({
    ours: timeLateWork(() => Promise.resolve(applyOurs(edit))),
    beside: timeLateWork(async () => peer.apply(text, search, replace)),
    rounds: size === 'full' ? 15 : 2,
  });
  const texts = {
    name: `${name}/${peer.id}`,
    what: `a block of 8 lines at another depth replaced in ${lines} lines of source`,
    beside: peer.label,
  };
  return besidePeer(texts, pairs, goals[peer.id]);
}

function applyOurs({ text, search, replace }: Edit): string {
  const place = locateBlock(text, search);
  const replaced = place.kind === 'found' ? replaceBlock(text, place, { search, replace }) : undefined;
  if (replaced?.kind !== 'replaced') throw new Error('The block was not found.');
  return text.slice(0, replaced.start) + replaced.text + text.slice(replaced.end);
}
