import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import type { Engine, Firing } from '../../server/engine/engine.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { createWorkspace, type Workspace } from '../inputs/createWorkspace.ts';
import { measurePairs } from '../measure/measurePairs.ts';
import { createQuietEngine, neverAborted } from '../measure/quietEngine.ts';
import { againstLimit, besidePeer } from '../measure/results.ts';
import { percentile } from '../measure/statistics.ts';

const limitMs = 5;
const name = 'save-to-fired';

/** From the message that a file was saved to the decision which rules fire, in the real engine. */
export const saveToFired: BenchRow = {
  names: [name],
  async run(context) {
    const { root, scratch, size } = context;
    const amount = size === 'full' ? { files: 400, rules: 100 } : { files: 20, rules: 10 };
    const workspace = createWorkspace(join(scratch, 'save'), amount);
    const { engine } = createQuietEngine(root, join(scratch, 'storage'));
    try {
      await engine.openFolder(workspace.root, neverAborted);
      return await measure(engine, workspace, context);
    } finally {
      await engine.dispose();
    }
  },
};

async function measure(
  engine: Engine,
  workspace: Workspace,
  { size }: BenchContext,
): Promise<readonly BenchResult[]> {
  const rounds = size === 'full' ? 300 : 5;
  let next = 0;
  const turn = () => workspace.files[next++ % workspace.files.length] ?? '';
  const pairs = await measurePairs({
    ours: () => timeSave(engine, workspace, turn()),
    beside: () => timePicomatch(workspace, turn()),
    rounds,
    warmups: size === 'full' ? 100 : 1,
  });
  const what = `a save until it is decided which of ${workspace.rules.length + 1} rules fire`;
  const ours = pairs.map((pair) => pair.ours);
  const groups = splitInto(ours, 10).map((group) => percentile(group, 95));
  return [
    againstLimit({ name, what, beside: `${limitMs} ms` }, ours, limitMs),
    againstLimit(
      { name: `${name}/p95`, what: `${what}, the slowest of twenty`, beside: `${limitMs} ms` },
      groups,
      limitMs,
    ),
    besidePeer(
      {
        name: `${name}/picomatch`,
        what,
        beside: 'picomatch alone, called glob by glob as most extensions do',
      },
      pairs,
      1,
    ),
  ];
}

/** As the language server hands a save on: with the text of the open document. What fires is stopped again. */
async function timeSave(engine: Engine, { root }: Workspace, path: string): Promise<number> {
  const text = `${readFileSync(join(root, path), 'utf8')}\n`;
  const event = { root, path, name: 'save', origin: 'user', depth: 0, text } as const;
  const started = performance.now();
  const firings = await engine.handleEvent(event, neverAborted);
  const spent = performance.now() - started;
  await stopFired(engine, firings);
  return spent;
}

async function stopFired(engine: Engine, firings: readonly Firing[]): Promise<void> {
  if (firings.length === 0) throw new Error('The engine had nothing to say about a save.');
  if (firings.some(({ fires }) => fires)) await engine.stop('all');
}

function timePicomatch({ rules }: Workspace, path: string): number {
  const started = performance.now();
  const matched = rules.filter(({ globs }) => globs.some((glob) => picomatch(glob)(path)));
  const spent = performance.now() - started;
  if (matched.length > rules.length) throw new Error('More rules matched than there are.');
  return spent;
}

function splitInto(figures: readonly number[], count: number): readonly (readonly number[])[] {
  const length = Math.ceil(figures.length / count);
  return Array.from({ length: count }, (_, index) =>
    figures.slice(index * length, (index + 1) * length),
  ).filter((group) => group.length > 0);
}
