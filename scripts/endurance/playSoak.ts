import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { endureSoak, type SoakResult } from '../../server/test/endurance/soakEndurance.ts';
import { buildBundles } from '../buildBundles.ts';
import { writeResult } from './writeResult.ts';

const root = dirname(dirname(import.meta.dirname));

/** What is asked of it; `seconds` may be less, which the result then says. */
const asked = { rules: 1_000, files: 10_000, seconds: 600, savesPerSecond: 100, warmUpSeconds: 240 };
const aims = { findingsMs: 200, holdMs: 100, growth: 0.05, peakBytes: 256e6 };
/** Memory is compared between two stretches of so many seconds. */
const stretch = 60;

/** Saves at a steady pace for a long time, with the server as it is shipped. Resolves to whether all held. */
export async function playSoak(seconds: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-soak-bundle-'));
  const plan = { ...asked, seconds };
  const loadBefore = load();
  try {
    await buildBundles({ root, outdir: folder, production: true, strict: true, quiet: true });
    const program = join(folder, 'server.cjs');
    const result = await endureSoak({ ...plan, program, onProgress: (line) => console.log(line) });
    const judged = judge(result);
    const faults = [...result.faults, ...judged.faults];
    for (const line of [...judged.rows, ...faults]) console.log(line);
    writeResult('soak', 'Soak', [
      ...introduction(result, loadBefore),
      '',
      '| what | aim | came out |',
      '|---|---|---|',
      ...judged.rows,
      ...(faults.length === 0 ? [] : ['', ...faults.map((fault) => `- ${fault}`)]),
      ...(seconds < asked.seconds ? ['', `Not run: the other ${asked.seconds - seconds} seconds.`] : []),
    ]);
    return faults.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function introduction(result: SoakResult, loadBefore: string): readonly string[] {
  const { rules, files } = asked;
  const spent = result.samples.reduce((sum, sample) => sum + sample.spent, 0);
  return [
    `${rules} rules of which about ten are about a file, ${files} files, ${result.saves} saves in ${result.seconds.toFixed(0)} seconds`,
    `(${(result.saves / result.seconds).toFixed(0)} a second), by an editor over standard streams, with the server as it is shipped. Half of the saves`,
    'are of files that are opened for them; one in 50 is of a rule file, after which all that is open is checked again; files',
    'come and go. In every tenth module a save begins a run, which is kept; in every twentieth a run for each file waits for a person.',
    'The time of findings goes from the change to the findings of exactly that text; the save that follows ends the wait for a pause',
    'in typing. Each file is saved once within the warm-up, so that all runs that wait are there afterwards. A hold of the event loop is measured inside of the process, from outside of the product: by the clock on the wall,',
    'then without what the system gave the processor to others, which is our own, then as time of the processor alone.',
    `Load of the machine: ${loadBefore} before, ${load()} afterwards. The server took ${(spent / result.saves).toFixed(1)} ms of the processor for a save.`,
  ];
}

interface Judged {
  readonly rows: readonly string[];
  readonly faults: readonly string[];
}

function judge({ sources, rules, samples, opening, peak }: SoakResult): Judged {
  const rows: string[] = [];
  const faults: string[] = [];
  const say = (what: string, aim: string, holds: boolean, came: string): void => {
    rows.push(`| ${what} | ${aim} | ${came}${holds ? '' : ' (missed)'} |`);
    if (!holds) faults.push(`Missed: ${what}, ${came}.`);
  };
  const findings = spread(sources);
  say(
    `findings of ${sources.length} texts, p50, p95, worst`,
    `p95 below ${aims.findingsMs} ms`,
    findings.p95 < aims.findingsMs,
    `${show(findings)} ms`,
  );
  rows.push(`| problems of ${rules.length} rule files, p50, p95, worst | | ${show(spread(rules))} ms |`);
  const worst = (of: readonly SoakResult['samples'][number][], key: 'wall' | 'own' | 'cpu'): number =>
    Math.max(0, ...of.map((sample) => sample[key]));
  const held = worst(samples, 'own');
  say(
    'longest hold of the event loop: our own, of the processor, on the wall',
    `our own below ${aims.holdMs} ms`,
    held < aims.holdMs,
    `${held.toFixed(0)}, ${worst(samples, 'cpu').toFixed(0)}, ${worst(samples, 'wall').toFixed(0)} ms`,
  );
  rows.push(
    `| the same while the folder is opened | | ${worst(opening, 'own').toFixed(0)}, ${worst(opening, 'cpu').toFixed(0)}, ${worst(opening, 'wall').toFixed(0)} ms |`,
  );
  const warm = samples.slice(asked.warmUpSeconds);
  const [early, late] = [warm.slice(0, stretch), warm.slice(-stretch)].map(
    (part) => spread(part.map(({ rss }) => rss)).p50,
  );
  if (warm.length >= 2 * stretch && early !== undefined && late !== undefined) {
    const growth = late / early - 1;
    say(
      'memory of the last minute against that of the first after the warm-up (four minutes)',
      `growth below ${aims.growth * 100} %`,
      growth < aims.growth,
      `${(growth * 100).toFixed(1)} % (${megabytes(early)} to ${megabytes(late)} MB)`,
    );
  }
  say('most memory', `below ${megabytes(aims.peakBytes)} MB`, peak < aims.peakBytes, `${megabytes(peak)} MB`);
  return { rows, faults };
}

function spread(numbers: readonly number[]): {
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
} {
  const sorted = numbers.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), worst: at(1) };
}

function show({ p50, p95, worst }: ReturnType<typeof spread>): string {
  return [p50, p95, worst].map((ms) => ms.toFixed(0)).join(', ');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
