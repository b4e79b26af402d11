import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureHost } from '../../scripts/host/install.ts';
import { currentHost } from '../../scripts/host/recipes.ts';
import { runInTestMode } from '../../scripts/host/testMode.ts';
import { NotMeasurable } from '../benchRow.ts';
import { buildHostProbe } from '../peers/buildPeers.ts';
import type { ExtensionTimes, ProbePlan, ProbeReport } from '../peers/hostProbe.ts';

export interface HostPlace {
  readonly root: string;
  /** An empty folder for everything of these rounds. */
  readonly folder: string;
  /** Our bundles as they are shipped. */
  readonly dist: string;
  /** The workspace that is open. */
  readonly workspace: string;
}

export interface HostRound {
  readonly ours: ExtensionTimes;
  readonly empty: ExtensionTimes;
}

const publisher = 'codegen-lab';
const oursName = 'codegen-lab';
const emptyName = 'empty';
const watchMs = 2_000;
const shipped = [
  'package.json',
  'package.nls.json',
  'language-configuration.json',
  'media',
  'syntaxes',
  'rules',
];

/** Installs our extension and the empty one side by side, each behind a main file that takes its times. */
export async function prepareHost({ root, folder, dist }: HostPlace): Promise<void> {
  const extensions = join(folder, 'extensions');
  const ours = join(extensions, `${publisher}.${oursName}-0.0.1`);
  mkdirSync(ours, { recursive: true });
  for (const name of shipped) cpSync(join(root, name), join(ours, name), { recursive: true });
  cpSync(dist, join(ours, 'dist'), { recursive: true });
  installTimed(root, ours, './dist/extension.cjs');
  const empty = join(extensions, `${publisher}.${emptyName}-0.0.1`);
  mkdirSync(empty);
  cpSync(join(root, 'bench/peers/emptyExtension.cjs'), join(empty, 'emptyExtension.cjs'));
  cpSync(join(root, 'package.json'), join(empty, 'package.json'));
  installTimed(root, empty, './emptyExtension.cjs');
  writeFileSync(
    join(extensions, 'extensions.json'),
    JSON.stringify([ours, empty].map((path) => renderInstalled(path))),
  );
  writeCarrier(join(folder, 'carrier'));
  await buildHostProbe(root, join(folder, 'probe.cjs'));
}

/** Nothing but the probe activates it: what starts an extension by itself would start it unwatched. */
function installTimed(root: string, folder: string, main: string): void {
  cpSync(join(root, 'bench/peers/timedMain.cjs'), join(folder, 'timedMain.cjs'));
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const isOurs = main.includes('dist');
  writeManifest(folder, {
    ...(isOurs ? manifest : { engines: manifest['engines'], type: 'commonjs' }),
    name: isOurs ? oursName : emptyName,
    publisher,
    version: '0.0.1',
    main: './timedMain.cjs',
    timedMain: main,
    activationEvents: [],
  });
}

/** The editor wants an extension that the tests belong to; this one has no code. */
function writeCarrier(folder: string): void {
  mkdirSync(folder);
  writeManifest(folder, { name: 'carrier', publisher, version: '0.0.1', engines: { vscode: '*' } });
}

function writeManifest(folder: string, manifest: Readonly<Record<string, unknown>>): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
}

function renderInstalled(path: string) {
  const relativeLocation = path.slice(path.lastIndexOf('/') + 1);
  const id = relativeLocation.slice(0, relativeLocation.lastIndexOf('-'));
  return {
    identifier: { id },
    version: '0.0.1',
    location: { $mid: 1, path, scheme: 'file' },
    relativeLocation,
    metadata: { installedTimestamp: 1, pinned: true, source: 'vsix' },
  };
}

/** One window of the real editor, in which both extensions are activated, ours first or last. */
export async function runHostRound(place: HostPlace, oursFirst: boolean): Promise<HostRound> {
  const { root, folder, workspace } = place;
  const ours = `${publisher}.${oursName}`;
  const empty = `${publisher}.${emptyName}`;
  const plan: ProbePlan = { order: oursFirst ? [ours, empty] : [empty, ours], reports: ours, watchMs };
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
  const log: string[] = [];
  const code = await runInTestMode(
    {
      install: await findHost(root),
      folder: workspace,
      extension: join(folder, 'carrier'),
      tests: join(folder, 'probe.cjs'),
      extensionsFolder: join(folder, 'extensions'),
      screenshots: folder,
      onLog: (line) => log.push(line),
      limitMs: 120_000,
    },
    new AbortController().signal,
  );
  if (code !== 0) throw new Error(`The probe in the editor failed:\n${log.join('\n')}`);
  return readReport(join(folder, 'report.json'));
}

async function findHost(root: string): Promise<Awaited<ReturnType<typeof ensureHost>>> {
  if (process.platform !== 'linux') throw new NotMeasurable('the editor for tests runs on Linux alone');
  return ensureHost(root, currentHost);
}

function readReport(path: string): HostRound {
  const report = JSON.parse(readFileSync(path, 'utf8')) as ProbeReport;
  const ours = report[oursName];
  const empty = report[emptyName];
  if (!ours || !empty) throw new Error('The probe did not report on both extensions.');
  return { ours, empty };
}
