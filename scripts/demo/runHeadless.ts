import { join } from 'node:path';
import { applyChange, type DemoWorkspace } from './createWorkspace.ts';
import type { DemoContext } from './demoContext.ts';
import { modelOptions, runProductCommand } from './productCommand.ts';
import { runByHand } from './runByHand.ts';

/** The part of `codegen-lab run --json` that is looked at. */
interface RunDocument {
  readonly outcome: string;
  readonly files: readonly { readonly path: string; readonly diff: string }[];
}

/**
 * The demo on the command line alone: the proven edit is landed and shown as a diff, then its tests run by hand. Returns
 * whether everything really happened.
 */
export async function runHeadless(
  workspace: DemoWorkspace,
  context: DemoContext,
  signal: AbortSignal,
): Promise<boolean> {
  const { folder, demo, edit } = workspace;
  const { model } = context;
  applyChange(workspace);
  const run = ['run', '--root', folder, '--rule', demo.rule, join(folder, edit.file), '--trust', '--apply'];
  const recordings = model.kind === 'recorded' ? context.recordings : join(context.folder, 'recordings');
  console.log(`\n$ codegen-lab run --rule ${demo.rule} ${edit.file} --trust --apply\n`);
  const command = [...run, '--json', ...modelOptions(model, recordings)];
  const { code, stdout } = await runProductCommand(context, command, signal);
  const landed = code === 0 ? (JSON.parse(stdout) as RunDocument) : undefined;
  if (landed?.outcome !== 'landed') return false;
  if (context.quiet !== true) console.log(`\n${landed.files.map(({ diff }) => diff).join('')}`);
  return runByHand(
    workspace,
    landed.files.map(({ path }) => path),
  );
}
