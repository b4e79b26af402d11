import { createRedactor } from '../../safety/redact.ts';
import type { ActionScope } from './actionScope.ts';
import { failedAction, refusedAction, type ActionResult } from './actionResult.ts';
import { placeCommand, type CommandPlace } from './commandPlace.ts';
import { runProgram, type ProgramEnd } from './runProgram.ts';
import { watchSelfWrites } from './selfWrites.ts';

const mask = createRedactor([]);

/** A command that is ready to run but for where. */
export interface ReadyCommand {
  readonly argv: readonly [string, ...string[]];
  readonly display: string;
  /** Relative to the workspace folder; empty: the folder itself. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What is read in the output of a command. `seenAs`: the workspace folder as the command sees it, absolute. */
export type ReadOutput = (
  printed: string,
  where: { readonly seenAs: string; readonly cwd: string },
) => Promise<Pick<ActionResult, 'findings'>>;

/**
 * Runs commands one after the other until one fails, in the user's tree or in the run's copy, and takes what they change
 * there into the proposal, or tags it as our own.
 */
export async function runCommands(
  scope: ActionScope,
  written: readonly ReadyCommand[],
  read: ReadOutput,
): Promise<ActionResult> {
  const place = await placeCommand(scope, scope.action, scope.copy);
  if ('result' in place) return place;
  // What is shown of a command is kept too.
  const commands = written.map((command) => ({ ...command, display: mask(command.display) }));
  const display = commands.map((command) => command.display).join(' && ');
  await scope.recorder.record({
    type: 'action.started',
    action: scope.key,
    kind: scope.action.type,
    attempt: scope.attempt,
    command: display,
    place: place.place,
    confined: place.where.confined,
    idempotent: scope.action.switches.idempotent,
  });
  const work = (): Promise<ActionResult> => runAll(scope, { commands, place, read });
  return place.place === 'workspace'
    ? inWorkspace(scope, work)
    : scope.copy.exclusively(() => inCopy(scope, work));
}

async function inWorkspace(scope: ActionScope, work: () => Promise<ActionResult>): Promise<ActionResult> {
  const { value, changed, written: texts } = await watchSelfWrites(scope, work);
  return { ...value, place: 'workspace', changed, ...(texts.length === 0 ? {} : { written: texts }) };
}

/** One action at a time works there. */
async function inCopy(scope: ActionScope, work: () => Promise<ActionResult>): Promise<ActionResult> {
  const open = await scope.copy.open();
  if ('outcome' in open) return failedAction(open.code, open.message);
  const before = await open.tree.changed(scope.signal);
  const result = await work();
  if (scope.signal.aborted) return { ...result, place: 'copy' };
  const joined = await scope.copy.join(before);
  if (joined.kind === 'refused') return refusedAction('action.bad-change', joined.message);
  return { ...result, place: 'copy', changed: joined.paths };
}

interface Work {
  readonly commands: readonly ReadyCommand[];
  readonly place: CommandPlace;
  readonly read: ReadOutput;
}

async function runAll(scope: ActionScope, { commands, place, read }: Work): Promise<ActionResult> {
  let last: ActionResult = failedAction('action.bad-command', 'There is no command to run.');
  let output = '';
  const findings: NonNullable<ActionResult['findings']>[number][] = [];
  let isRead = false;
  for (const command of commands) {
    const { result, printed, cwd } = await runOne(scope, command, place);
    output += result.output ?? '';
    const found = (await read(printed, { seenAs: place.seenAs, cwd })).findings;
    isRead ||= found !== undefined;
    findings.push(...(found ?? []));
    last = result;
    if (result.result !== 'succeeded') break;
  }
  return { ...last, output, ...(isRead ? { findings } : {}) };
}

async function runOne(
  scope: ActionScope,
  { argv, display, folder, env }: ReadyCommand,
  { seenAs, confinement }: CommandPlace,
): Promise<ProgramEnd & { readonly cwd: string }> {
  const cwd = folder === '' ? seenAs : `${seenAs}/${folder}`;
  const title = `${scope.rule.name}: ${scope.key}`;
  const { timeoutMs } = scope.action;
  return { ...(await runProgram(scope, { argv, display, title, cwd, env, timeoutMs, confinement })), cwd };
}
