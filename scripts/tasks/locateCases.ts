/** Applies blocks as models write them to real source files, and counts where they land (--cases N; --seed N; --show KIND; --peers FOLDER). */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadAppliers, type PeerApplier } from '../../bench/peers/appliers.ts';
import type { SearchReplace } from '../../server/engine/generation/formats/parsedAnswer.ts';
import type { Applied, Refused } from '../../server/engine/generation/locate/applied.ts';
import { applyEdits } from '../../server/engine/generation/locate/applyEdits.ts';
import {
  createCaseGenerator,
  judgeLocated,
  locateKinds,
  type LocateKind,
  type LocateVerdict,
} from '../../server/test/locateCases.ts';
import { readRealSources } from '../../server/test/realSources.ts';
import { createSeededRandom } from '../../server/test/seededRandom.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string' },
    peers: { type: 'string' },
  },
});

const maxShown = 5;
/** Real sources beside our own, where a machine has them. */
const libraries = ['/usr/lib/python3', '/usr/local/go/src', '/usr/share/go/src'];
const pythons = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14'].map((version) => `/usr/lib/python${version}`);

const sources = readRealSources([...pythons, ...libraries]);
const nextCase = createCaseGenerator(sources, createSeededRandom(Number(values.seed)));
const counts = new Map<LocateKind, Map<LocateVerdict, number>>();
const peers = values.peers === undefined ? [] : await loadAppliers(resolve(values.peers));
const ofPeers = new Map(peers.map(({ id }) => [id, new Map<LocateVerdict, number>()]));
let placedCases = 0;
let shown = 0;
for (let made = 0; made < Number(values.cases); made += 1) {
  const { kind, current, block, expected, ...rest } = nextCase();
  const outcome = applyEdits(current, { kind: 'blocks', path: 'a', blocks: [block] });
  const verdict = judgeLocated(outcome, { kind, current, block, expected, ...rest });
  if (expected !== undefined) placedCases += 1;
  for (const peer of peers) {
    if ('missing' in peer) continue;
    const judged = judgeLocated(await applyPeer(peer, current, block), {
      kind,
      current,
      block,
      expected,
      ...rest,
    });
    const ofPeer = ofPeers.get(peer.id);
    ofPeer?.set(judged, (ofPeer.get(judged) ?? 0) + 1);
  }
  const ofKind = counts.get(kind) ?? new Map<LocateVerdict, number>();
  counts.set(kind, ofKind.set(verdict, (ofKind.get(verdict) ?? 0) + 1));
  const isBad = verdict === 'wrong place' || verdict === 'stale text';
  const isShown = values.show === undefined ? isBad : values.show === kind && verdict !== 'right';
  if (isShown && shown < maxShown) {
    shown += 1;
    console.log(`--- ${kind}: ${verdict}${outcome.kind === 'refused' ? ` (${outcome.reason})` : ''}`);
    console.log(`${block.search}=======\n${block.replace}`);
    for (const { line, text } of outcome.kind === 'refused' ? outcome.candidates : [])
      console.log(`line ${line + 1}:\n${text}`);
  }
}

const count = (kind: LocateKind, verdict: LocateVerdict): number => counts.get(kind)?.get(verdict) ?? 0;
const sum = (kinds: readonly LocateKind[], verdict: LocateVerdict): number =>
  kinds.reduce((total, kind) => total + count(kind, verdict), 0);
const hopeless: readonly LocateKind[] = ['twice', 'decoy alone', 'gone'];
const placed = locateKinds.filter((kind) => !hopeless.includes(kind));

console.log(`${values.cases} cases in ${sources.length} files\n`);
console.log(
  `${'kind'.padEnd(20)} ${'right'.padStart(7)} ${'refused'.padStart(8)} ${'wrong'.padStart(6)} ${'stale'.padStart(6)}`,
);
for (const kind of locateKinds) {
  const row = (['right', 'refused', 'wrong place', 'stale text'] as const).map((verdict) =>
    count(kind, verdict),
  );
  const [right = 0, refused = 0, wrong = 0, stale = 0] = row;
  console.log(
    `${kind.padEnd(20)} ${String(right).padStart(7)} ${String(refused).padStart(8)} ${String(wrong).padStart(6)} ${String(stale).padStart(6)}`,
  );
}
const right = sum(placed, 'right');
const all = right + sum(placed, 'refused') + sum(placed, 'wrong place') + sum(placed, 'stale text');
const wrong = sum(locateKinds, 'wrong place');
const stale = sum(locateKinds, 'stale text');
console.log(
  `\n${((100 * right) / all).toFixed(1)} % byte for byte of those with one right place; ${wrong} in a wrong place, ${stale} with stale text`,
);
for (const peer of peers) {
  if ('missing' in peer) {
    console.log(`${peer.id}: ${peer.missing}`);
    continue;
  }
  const of = (verdict: LocateVerdict): number => ofPeers.get(peer.id)?.get(verdict) ?? 0;
  const share = ((100 * of('right')) / placedCases).toFixed(1);
  console.log(
    `${peer.label}: ${share} % byte for byte; ${of('wrong place')} in a wrong place or damaged, ${of('stale text')} with stale text`,
  );
}
if (right / all < 0.95 || wrong > 0 || stale > 0) process.exitCode = 1;

/** What a peer throws is its refusal. */
async function applyPeer(
  { apply }: PeerApplier,
  current: string,
  { search, replace }: SearchReplace,
): Promise<Applied | Refused> {
  try {
    const text = await apply(current, search, replace);
    return { kind: 'applied', text, trust: 'exact', added: 0, removed: 0 };
  } catch (error) {
    return { kind: 'refused', reason: String(error), candidates: [] };
  }
}
