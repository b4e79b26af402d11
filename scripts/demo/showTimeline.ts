import type { DemoWorkspace } from './createWorkspace.ts';
import type { DemoContext } from './demoContext.ts';
import { runProductCommand } from './productCommand.ts';

interface LoggedRun {
  readonly run: string;
  readonly state: string;
  readonly rule: string | null;
}

/** Prints the timeline of the rule's run from its journal. Returns whether the run landed what it proposed. */
export async function showTimeline(
  { folder, demo }: DemoWorkspace,
  context: Pick<DemoContext, 'root' | 'storage'>,
  signal: AbortSignal,
): Promise<boolean> {
  const log = ['ctl', 'log', '--root', folder];
  const listed = await runProductCommand(context, [...log, '--json'], signal);
  const runs = listed.code === 0 ? (JSON.parse(listed.stdout) as readonly LoggedRun[]) : [];
  const run = runs.find(({ rule }) => rule === demo.rule);
  if (!run) {
    console.error(`No run of ${demo.rule} is in the journal.`);
    return false;
  }
  console.log(`\n$ clctl log ${run.run}\n`);
  await runProductCommand(context, [...log.slice(0, 2), run.run, ...log.slice(2)], signal);
  return run.state === 'landed';
}
