import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { applyChange, createWorkspace } from './createWorkspace.ts';
import type { DemoContext } from './demoContext.ts';
import { demoPackages, type DemoPackage } from './demoPackages.ts';
import { modelOptions, runProductCommand } from './productCommand.ts';
import { runHeadless } from './runHeadless.ts';

const suffix = '.json';

/**
 * Asks the model anew for the answers of these packages. They are kept once all are proven. Returns whether all went
 * well.
 */
export async function recordAnswers(
  packages: readonly DemoPackage[],
  context: DemoContext,
  signal: AbortSignal,
): Promise<boolean> {
  const fresh = join(context.folder, 'fresh');
  for (const demo of packages) {
    console.log(`\nRecording the answers for ${demo.source} ...\n`);
    const isProven = await record(demo, { context, fresh }, signal);
    if (isProven) continue;
    console.error(`Nothing is kept: the answer for ${demo.source} was not proven.`);
    return false;
  }
  mkdirSync(context.recordings, { recursive: true });
  cpSync(fresh, context.recordings, { recursive: true });
  return true;
}

/** Shows that recordings answer these packages. With all packages, recordings that nobody read are removed. */
export async function replayRecordings(
  packages: readonly DemoPackage[],
  context: DemoContext,
  signal: AbortSignal,
): Promise<boolean> {
  const journals: string[] = [];
  for (const demo of packages) {
    const workspace = createWorkspace(context, demo, join(context.folder, 'replay'));
    if (!(await runHeadless(workspace, { ...context, model: { kind: 'recorded' } }, signal))) return false;
    journals.push(...readJournals(workspace.folder));
  }
  if (packages.length === demoPackages.length) removeUnused(context.recordings, journals);
  return true;
}

async function record(
  demo: DemoPackage,
  { context, fresh }: { readonly context: DemoContext; readonly fresh: string },
  signal: AbortSignal,
): Promise<boolean> {
  const workspace = createWorkspace(context, demo, join(context.folder, 'record'));
  const { folder, edit } = workspace;
  applyChange(workspace);
  const run = ['run', '--root', folder, '--rule', demo.rule, join(folder, edit.file), '--trust'];
  const { code } = await runProductCommand(context, [...run, ...modelOptions(context.model, fresh)], signal);
  return code === 0;
}

/** A journal names the recording that answers a prompt by its key. */
function removeUnused(recordings: string, journals: readonly string[]): void {
  const names = readdirSync(recordings).filter((name) => name.endsWith(suffix));
  for (const name of names) {
    const key = name.slice(0, -suffix.length);
    if (journals.some((text) => text.includes(key))) continue;
    console.log(`Removing the recording ${key.slice(0, 12)}: nothing asks for it any more.`);
    rmSync(join(recordings, name));
  }
}

function readJournals(workspace: string): readonly string[] {
  const folder = join(workspace, '.codegen-lab', 'journal');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : [];
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}
