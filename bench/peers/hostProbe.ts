import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { extensions, languages } from 'vscode';

/** Written beside this file by whoever starts the editor. */
export interface ProbePlan {
  /** Ids of extensions, in the order in which they are activated. */
  readonly order: readonly string[];
  /** The one that has something to report, and so ends its turn. */
  readonly reports: string;
  /** How long the others are watched. */
  readonly watchMs: number;
}

/** By the extension's name. */
export type ProbeReport = Readonly<Record<string, ExtensionTimes>>;

export interface ExtensionTimes {
  /** Reading and running its main file. */
  readonly loadMs: number;
  /** Until activate() returned. */
  readonly activateMs: number;
  /** The longest time in which the extension host did nothing else, from its activation to its first report. */
  readonly longestBlockMs: number;
}

const tickMs = 2;
const quietTicks = 200;
const limitMs = 30_000;

/** Runs in the extension host, as a test: activates extension by extension, and watches how the host ticks meanwhile. */
export async function run(): Promise<void> {
  const plan = JSON.parse(readFileSync(join(__dirname, 'plan.json'), 'utf8')) as ProbePlan;
  const report: Record<string, ExtensionTimes> = {};
  for (const id of plan.order) {
    await waitUntilQuiet();
    const watch = watchTicks();
    const extension = extensions.getExtension(id);
    if (!extension) throw new Error(`The extension ${id} is not installed.`);
    if (extension.isActive) throw new Error(`The extension ${id} was active before it was asked.`);
    await extension.activate();
    await (id === plan.reports ? firstReport() : delay(plan.watchMs));
    const name = id.slice(id.indexOf('.') + 1);
    report[name] = { ...marksOf(name), longestBlockMs: watch.stop() };
  }
  writeFileSync(join(__dirname, 'report.json'), JSON.stringify(report));
}

/** The host has other extensions to start; what they do must not be counted as ours. */
async function waitUntilQuiet(): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (let quiet = 0; quiet < quietTicks && performance.now() < deadline;) {
    const started = performance.now();
    await delay(tickMs);
    quiet = performance.now() - started > 5 * tickMs ? 0 : quiet + 1;
  }
}

function watchTicks(): { readonly stop: () => number } {
  let longest = 0;
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last - tickMs);
    last = now;
  };
  const timer = setInterval(tick, tickMs);
  return {
    stop: () => {
      tick();
      clearInterval(timer);
      return longest;
    },
  };
}

function firstReport(): Promise<void> {
  const isThere = () =>
    languages.getDiagnostics().some(([, list]) => list.some(({ source }) => source === 'Codegen Lab'));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('No diagnostic came.')), limitMs);
    const listening = languages.onDidChangeDiagnostics(() => {
      if (!isThere()) return;
      clearTimeout(timer);
      listening.dispose();
      resolve();
    });
  });
}

interface Marked {
  codegenLabMarks?: Record<string, Pick<ExtensionTimes, 'loadMs' | 'activateMs'>>;
}

function marksOf(name: string): Pick<ExtensionTimes, 'loadMs' | 'activateMs'> {
  const marks = (globalThis as Marked).codegenLabMarks?.[name];
  if (!marks) throw new Error(`The extension ${name} left no marks.`);
  return marks;
}
