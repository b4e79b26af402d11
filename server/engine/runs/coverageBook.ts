import type { FileCoverage } from '../../protocol/tests.ts';
import { compareCoverage, type CoverageChange } from '../testing/coverage/compareCoverage.ts';
import {
  parseSnapshot,
  percentOf,
  readSnapshot,
  takeSnapshot,
  totalOf,
  type CoverageSnapshot,
} from '../testing/coverage/coverageSnapshot.ts';
import { entriesOf, parseObject } from '../testing/coverage/jsonShape.ts';
import type { RunDeps } from './runScope.ts';

/** The team's own bar, where it commits one. */
export const teamFile = '.codegen-lab/coverage.json';

export interface MeasuredRun {
  readonly root: string;
  /** What ran: only runs of the same tests can be compared. `all`: every test of the folder. */
  readonly scope: string;
  readonly coverage: readonly FileCoverage[];
  /** The texts that were measured. */
  readonly read: (path: string) => Promise<string | undefined>;
}

type BookDeps = Pick<RunDeps, 'kept' | 'files' | 'clock'>;

export interface Compared {
  /** undefined: nothing was measured before. */
  readonly change?: CoverageChange;
  /** Earlier runs of all tests, the oldest first; empty where only some tests ran. */
  readonly trend: readonly TrendEntry[];
  /** Keeps this run for the trend, and as the best if it is. For runs of what the user has, and that were green. */
  readonly keep: () => Promise<void>;
}

/** A run beside the best so far: the user's own, and for all tests the team's where that is higher. */
export async function compareWithBest(
  deps: BookDeps,
  { root, scope, coverage, read }: MeasuredRun,
  signal: AbortSignal,
): Promise<Compared> {
  const texts = new Map<string, string | undefined>();
  for (const { path } of coverage.slice(0, maxFiles)) texts.set(path, await read(path));
  const now = takeSnapshot(coverage, (path) => texts.get(path), deps.clock.now());
  const scopes = readScopes((await deps.kept.read(root, 'coverage-best.json')) ?? '');
  const own = scopes.get(scope);
  const team = scope === 'all' ? await readTeam(deps, root, signal) : undefined;
  const compared = [own, team].flatMap((best) =>
    best === undefined ? [] : [compareCoverage(best, coverage, (path) => texts.get(path))],
  );
  const change = compared.toSorted((a, b) => b.before - a.before)[0];
  return {
    ...(change === undefined ? {} : { change }),
    trend: scope === 'all' ? await readTrend(deps, root) : [],
    keep: async () => {
      if (own === undefined || percentOf(now) >= percentOf(own)) await keepBest(deps, root, scope, now);
      if (scope === 'all') await keepEntry(deps, root, now);
    },
  };
}

/** More files than this are counted and their lines not compared. */
const maxFiles = 5_000;

async function readTeam(
  { files }: BookDeps,
  root: string,
  signal: AbortSignal,
): Promise<CoverageSnapshot | undefined> {
  const read = await files.read(root, teamFile, signal);
  return read.kind === 'text' ? parseSnapshot(read.text) : undefined;
}

/** What a team commits: counts, no lines, so that it changes only when coverage does. */
export function renderTeamFile(coverage: readonly FileCoverage[], at: number): string {
  const { files, ...counts } = takeSnapshot(coverage, () => undefined, at);
  const sorted = Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ ...counts, files: sorted }, null, 2)}\n`;
}

const maxScopes = 50;

function readScopes(text: string): Map<string, CoverageSnapshot> {
  const scopes = new Map<string, CoverageSnapshot>();
  for (const [scope, value] of entriesOf(parseObject(text)?.['scopes'])) {
    const snapshot = readSnapshot(value);
    if (snapshot !== undefined) scopes.set(scope, snapshot);
  }
  return scopes;
}

async function keepBest(
  { kept }: BookDeps,
  root: string,
  scope: string,
  now: CoverageSnapshot,
): Promise<void> {
  const scopes = readScopes((await kept.read(root, 'coverage-best.json')) ?? '');
  scopes.delete(scope);
  const latest = [...scopes].slice(-(maxScopes - 1));
  await kept.write(
    root,
    'coverage-best.json',
    JSON.stringify({ scopes: Object.fromEntries([...latest, [scope, now]]) }),
  );
}

/** One run of all tests. */
export interface TrendEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly coveredLines: number;
  readonly lines: number;
}

const maxEntries = 500;

async function keepEntry({ kept }: BookDeps, root: string, now: CoverageSnapshot): Promise<void> {
  const entries = await readTrend({ kept }, root);
  const { at, coveredLines, lines } = now;
  const all = [...entries, { at, coveredLines, lines }].slice(-maxEntries);
  await kept.write(root, 'coverage-history.jsonl', all.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
}

/** Runs of all tests with coverage, the oldest first. Lines that are damaged are left out. */
async function readTrend({ kept }: Pick<RunDeps, 'kept'>, root: string): Promise<readonly TrendEntry[]> {
  const text = (await kept.read(root, 'coverage-history.jsonl')) ?? '';
  return text.split('\n').flatMap((line) => {
    const { at, coveredLines, lines } = readSnapshot({ ...parseObject(line), files: {} }) ?? totals;
    return at === undefined ? [] : [{ at, coveredLines, lines }];
  });
}

const totals = { at: undefined, ...totalOf([]) };
