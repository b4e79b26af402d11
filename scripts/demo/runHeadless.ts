import { join } from 'node:path';
import { applyChange, type DemoWorkspace } from './createWorkspace.ts';
import type { DemoContext } from './demoContext.ts';
import { modelOptions, runProductCommand } from './productCommand.ts';
import { runByHand } from './runByHand.ts';

/** The part of `codegen-lab run --json` that is looked at. */
interface RunDocument {
  readonly outcome: string;
  readonly files: readonly { readonly path: string }[];
}

/**
 * The demo on the command line alone: the proven edit as a diff, then landed, then its tests by hand. Returns whether
 * everything really happened.
 */
export async function runHeadless(
  workspace: DemoWorkspace,
  context: DemoContext,
  signal: AbortSignal,
): Promise<boolean> {
  const { folder, demo, edit } = workspace;
  const { model } = context;
  applyChange(workspace);
  const run = ['run', '--root', folder, '--rule', demo.rule, join(folder, edit.file), '--trust'];
  const recordings = model.kind === 'recorded' ? context.recordings : join(context.folder, 'recordings');
  console.log(`\n$ codegen-lab run --rule ${demo.rule} ${edit.file} --trust\n`);
  const proposed = await runProductCommand(context, [...run, ...modelOptions(model, recordings)], signal);
  if (proposed.code !== 0 || !proposed.stdout.includes('diff --git')) return false;
  console.log(`\n$ codegen-lab run --rule ${demo.rule} ${edit.file} --trust --apply\n`);
  // The same answers again: a model that was asked is not asked twice.
  const again = [...run, '--apply', '--json', '--replay', recordings];
  const { code, stdout } = await runProductCommand(context, again, signal);
  const landed = code === 0 ? (JSON.parse(stdout) as RunDocument) : undefined;
  if (landed?.outcome !== 'landed') return false;
  return runByHand(
    workspace,
    landed.files.map(({ path }) => path),
  );
}
