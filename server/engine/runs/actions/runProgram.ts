import type { Confinement, ProcessEnd, ProcessHandle } from '../../ports/processes.ts';
import type { TerminalView } from '../../ports/terminal.ts';
import { neutralise } from '../../safety/neutralise.ts';
import { ruleActor } from '../ruleActor.ts';
import { withNetwork } from '../sandboxNetwork.ts';
import type { RunScope } from '../runScope.ts';
import { stopOnAbort } from '../stopOnAbort.ts';
import { takeCommandRight } from '../takeCommandRight.ts';
import {
  cancelledAction,
  failedAction,
  refusedAction,
  succeeded,
  type ActionResult,
} from './actionResult.ts';
import { excerptOutput, RedactStream } from './redactStream.ts';

export interface ProgramOrder {
  readonly argv: readonly [string, ...string[]];
  readonly display: string;
  /** Over the terminal. */
  readonly title: string;
  /** Absolute, as the command sees it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly confinement: Confinement;
}

export interface ProgramEnd {
  readonly result: ActionResult;
  /** All that was kept of what it printed, without escapes; secrets are not masked yet. */
  readonly printed: string;
}

/** What is kept of a command's output while it runs, in bytes. */
const maxOutputBytes = 4 * 1024 * 1024;
/** What the journal and later actions get of it, in UTF-16 units. */
const maxExcerpt = 16_384;

/** Runs one command, shown in the terminal with secrets masked, until nothing of it is left. Never rejects for what it does. */
export async function runProgram(scope: RunScope, order: ProgramOrder): Promise<ProgramEnd> {
  const { deps, recorder, meter, signal } = scope;
  const left = meter.remainingMs();
  if (signal.aborted) return { result: cancelledAction, printed: '' };
  if (left === 0) return { result: outOfTime(scope), printed: '' };
  const sandbox = order.confinement.kind === 'sandbox';
  // In the sandbox runs what a model may have written, in the user's tree what the user has.
  const code = sandbox ? 'model' : 'user';
  const denied = await takeCommandRight(scope, { ...order, code, sandbox });
  if (denied) return { result: refusedAction(denied.code, denied.message), printed: '' };
  const view = deps.terminal.open({ run: recorder.run, title: order.title, command: order.display });
  const { argv, cwd, env } = order;
  const confinement = await withNetwork(scope, order.confinement, {
    who: ruleActor(scope),
    code: 'model',
    show: (line) => view.write(neutralise(line)),
  });
  const timeoutMs = Math.min(order.timeoutMs, left);
  const handle = deps.processes.start({ argv, cwd, env, timeoutMs, maxOutputBytes, confinement });
  const end = await stopOnAbort([signal, view.stopped], () => void handle.stop(), show(handle, view));
  const printed = end.kind === 'couldNotStart' ? '' : neutralise(end.output);
  const said = await judge(scope, order, end);
  view.close(said.message);
  if (end.kind === 'couldNotStart') return { result: said, printed };
  const excerpt = excerptOutput(printed, maxExcerpt);
  const cut = end.dropped > 0 ? `\n[… ${end.dropped} bytes more …]` : '';
  return { result: { ...said, output: excerpt.text + cut }, printed };
}

/** Everything that the command prints, with secrets masked. */
async function show(handle: ProcessHandle, view: TerminalView): Promise<ProcessEnd> {
  const masked = new RedactStream();
  for await (const text of handle.output) view.write(masked.push(text));
  view.write(masked.end());
  return handle.finished;
}

async function judge(scope: RunScope, order: ProgramOrder, end: ProcessEnd): Promise<ActionResult> {
  const { display, timeoutMs } = order;
  switch (end.kind) {
    case 'exited':
      return end.code === 0
        ? succeeded(`\`${display}\` ended well after ${seconds(end.ms)}.`)
        : failedAction(
            'action.failed',
            `\`${display}\` ended with code ${end.code} after ${seconds(end.ms)}.`,
          );
    case 'killed':
      return failedAction(
        'action.killed',
        `\`${display}\` was killed by ${end.signal}, perhaps for taking too much memory.`,
      );
    case 'timedOut':
      if (scope.meter.remainingMs() === 0) return outOfTime(scope);
      return failedAction(
        'action.timed-out',
        `\`${display}\` did not end within ${seconds(timeoutMs)} and was stopped with all that it had started. Its \`timeout\` says how long it may take.`,
      );
    case 'stopped':
      return cancelledAction;
    case 'couldNotStart':
      return notStarted(scope, order, end);
  }
}

async function notStarted(
  { deps, root, signal }: RunScope,
  { argv: [program] }: ProgramOrder,
  { why, message }: Extract<ProcessEnd, { readonly kind: 'couldNotStart' }>,
): Promise<ActionResult> {
  if (why === 'refused') return refusedAction('sandbox.unavailable', message);
  if (why === 'fault') return failedAction('action.not-started', message);
  const isLocal =
    !/[\\/]/u.test(program) && (await deps.files.exists(root, `node_modules/.bin/${program}`, signal));
  const help = isLocal
    ? `It is installed in node_modules: write \`npx ${program}\`.`
    : 'Install it, or correct the `command` of the rule.';
  return failedAction('action.no-program', `There is no program \`${program}\` here. ${help}`);
}

function outOfTime({ budget }: RunScope): ActionResult {
  return refusedAction(
    'budget.seconds',
    `The ${budget.seconds} seconds of this run are over. Raise \`seconds\` in the rule's \`budget\` and in the settings.`,
  );
}

function seconds(ms: number): string {
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 6_000) / 10} min`;
}
