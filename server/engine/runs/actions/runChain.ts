import type { ActionResultKind } from '../../../protocol/runEvents.ts';
import type { Finding } from '../../../protocol/text.ts';
import { isEditingAction } from '../../rules/modelActions.ts';
import { assessProposal } from '../assessing/assessProposal.ts';
import { offerProposal } from '../offerProposal.ts';
import { cancelled, failed, type RunEnd, type RunScope, type RunSubject } from '../runScope.ts';
import { actionVariables } from './actionVariables.ts';
import { completeSubject } from './completeSubject.ts';
import { cancelledAction, endOfAction, type ActionResult } from './actionResult.ts';
import type { ActionScope } from './actionScope.ts';
import { performAction } from './performAction.ts';
import type { Rechecked } from '../editing/proofParts.ts';
import { decideLink, isMended, planChain, type ChainLink } from './planChain.ts';
import { problemLines } from './problemLines.ts';
import { recheckCommands } from './recheckCommands.ts';
import { RunCopy } from './runCopy.ts';

/** What an earlier process acknowledged of an action: its last try. */
export interface DoneAction {
  readonly attempt: number;
  readonly result: ActionResult;
}

/** By key: these tries are not made again. */
export type DoneActions = ReadonlyMap<string, DoneAction>;

/** Carries out the actions of a rule. undefined: a person decides on what the run proposes. */
export async function runChain(scope: RunScope, done: DoneActions = new Map()): Promise<RunEnd | undefined> {
  const copy = new RunCopy(scope);
  try {
    return await new Chain(scope, copy, done).run();
  } finally {
    await copy.dispose();
  }
}

class Chain {
  readonly #scope: RunScope;
  readonly #copy: RunCopy;
  readonly #done: DoneActions;
  readonly #links: readonly ChainLink[];
  #subject: RunSubject;
  readonly #ended = new Map<string, ActionResultKind>();
  /** In the order in which they ended. */
  readonly #results = new Map<string, ActionResult>();
  /** Of the last try of each action. */
  readonly #findings = new Map<string, readonly Finding[]>();
  #output = '';
  #rechecks = 0;

  constructor(scope: RunScope, copy: RunCopy, done: DoneActions) {
    this.#scope = scope;
    this.#copy = copy;
    this.#done = done;
    this.#links = planChain(scope.actions);
    this.#subject = scope.subject;
  }

  async run(): Promise<RunEnd | undefined> {
    this.#subject = await completeSubject(this.#scope);
    const running = new Map<string, Promise<void>>();
    try {
      await this.#runAll(running);
    } finally {
      // A journal that cannot be written ends the run, but nothing goes on behind its back.
      await Promise.allSettled(running.values());
    }
    return this.#conclude();
  }

  /** Until all have ended. Actions that a model does, and all that works in the copy, take turns there. */
  async #runAll(running: Map<string, Promise<void>>): Promise<void> {
    for (;;) {
      let isMoving = false;
      for (const link of this.#links) {
        if (this.#ended.has(link.key) || running.has(link.key)) continue;
        const step = this.#scope.signal.aborted ? undefined : decideLink(link, this.#links, this.#ended);
        if (step?.kind === 'skipped') {
          await this.#skip(link, step.reason);
          isMoving = true;
        } else if (step?.kind === 'runs') {
          const work = this.#carryOut(link).finally(() => running.delete(link.key));
          running.set(link.key, work);
          isMoving = true;
        }
      }
      if (running.size > 0) await Promise.race(running.values());
      else if (!isMoving) return;
    }
  }

  async #carryOut(link: ChainLink): Promise<void> {
    const result = await this.#withFallback(link);
    this.#results.set(link.key, result);
    this.#ended.set(link.key, result.result);
  }

  async #withFallback(link: ChainLink): Promise<ActionResult> {
    const result = await this.#withRetries(link);
    if (result.result !== 'failed' || link.fallback === undefined || this.#scope.signal.aborted)
      return result;
    return this.#withFallback(link.fallback);
  }

  async #withRetries(link: ChainLink): Promise<ActionResult> {
    const known = this.#done.get(link.key);
    let result = known ? await this.#repeatResult(link, known) : cancelledAction;
    if (result.result === 'succeeded') return result;
    for (let attempt = (known?.attempt ?? 0) + 1; attempt <= link.action.retry + 1; attempt += 1) {
      if (this.#scope.signal.aborted) return cancelledAction;
      result = await this.#tryOnce(link, attempt);
      if (result.result !== 'failed') break;
    }
    return result;
  }

  async #tryOnce({ key, action }: ChainLink, attempt: number): Promise<ActionResult> {
    const { recorder, deps, file, rule } = this.#scope;
    const memory = { problems: problemLines([...this.#findings.values()].flat()), testOutput: this.#output };
    const scope: ActionScope = {
      ...this.#scope,
      action,
      key,
      attempt,
      variables: rule.form === 'block' ? {} : actionVariables(file, this.#subject, memory),
      copy: this.#copy,
      isAlone: this.#isAlone,
      recheck: () => this.#recheck(),
    };
    const started = deps.clock.now();
    const result = await performAction(scope);
    if (!this.#isAlone)
      await recorder.record({
        type: 'action.finished',
        action: key,
        kind: action.type,
        attempt,
        ...result,
        ms: deps.clock.now() - started,
      });
    return this.#remember(key, result);
  }

  /** Commands that failed or reported problems, once more in the copy; what they change there is not kept. */
  #recheck(): Promise<Rechecked | undefined> {
    const reporting = this.#links.filter(
      ({ key, action: { type } }) =>
        (type === 'run' || type === 'task') &&
        (this.#ended.get(key) === 'failed' || (this.#findings.get(key)?.length ?? 0) > 0),
    );
    this.#rechecks += 1;
    return recheckCommands(this.#scope, reporting, {
      subject: this.#subject,
      copy: this.#copy.whileEdited(),
      nth: this.#rechecks,
    });
  }

  /** Tells in the journal of this run too what an earlier one did, so that it stands for itself. */
  async #repeatResult({ key, action }: ChainLink, { attempt, result }: DoneAction): Promise<ActionResult> {
    const { code, message, place, output, findings, changed } = result;
    const kept = {
      result: result.result,
      ...{ code, message },
      ...(place === undefined ? {} : { place }),
      ...(output === undefined ? {} : { output }),
      ...(findings === undefined ? {} : { findings }),
      ...(changed === undefined ? {} : { changed }),
    };
    await this.#scope.recorder.record({
      type: 'action.finished',
      action: key,
      kind: action.type,
      attempt,
      ...kept,
      ms: 0,
    });
    return this.#remember(key, kept);
  }

  #remember(key: string, result: ActionResult): ActionResult {
    if (result.output !== undefined) this.#output = result.output;
    if (result.findings !== undefined) this.#findings.set(key, result.findings);
    return result;
  }

  /** A run of one action that edits is told by its own steps. */
  get #isAlone(): boolean {
    const [only] = this.#scope.actions;
    return this.#scope.actions.length === 1 && only !== undefined && isEditingAction(only.type);
  }

  async #skip({ key, action }: ChainLink, message: string): Promise<void> {
    this.#ended.set(key, 'skipped');
    const said = { result: 'skipped', code: 'action.skipped', message } as const;
    await this.#scope.recorder.record({
      type: 'action.finished',
      action: key,
      kind: action.type,
      attempt: 0,
      ...said,
      ms: 0,
    });
  }

  async #conclude(): Promise<RunEnd | undefined> {
    if (this.#scope.signal.aborted) return cancelled;
    const stuck = this.#links.filter(({ key }) => !this.#ended.has(key)).map(({ key }) => `\`${key}\``);
    if (stuck.length > 0 || this.#links.length === 0)
      return failed(
        'action.waits-for-itself',
        `${stuck.length > 0 ? `The actions ${stuck.join(', ')} wait` : 'All actions wait'} for one another. Correct their \`needs\` and \`fallback\`.`,
      );
    const results = [...this.#results];
    const unmended = results.find(
      ([key, { result }]) => result !== 'succeeded' && !isMended(key, this.#links, this.#ended),
    );
    if (unmended !== undefined) return this.#failed(unmended[1]);
    const last = results.at(-1)?.[1];
    if (!this.#copy.isEdited) return last ? this.#end(results.map(([, result]) => result)) : nothingToDo;
    const { files, summary } = await this.#copy.proposal();
    if (files.length === 0) return last ? endOfAction(last) : nothingToDo;
    const assessment = await assessProposal(this.#scope, files, await this.#copy.open());
    if (this.#scope.signal.aborted) return cancelled;
    return offerProposal(this.#scope, { files, summary, assessment });
  }

  #failed(result: ActionResult): RunEnd {
    const end = endOfAction(result);
    if (!this.#copy.isEdited || this.#isAlone) return end;
    return { ...end, message: `${end.message} What was edited before it is not proposed.` };
  }

  #end(results: readonly ActionResult[]): RunEnd {
    const [only] = results;
    if (only !== undefined && results.length === 1) return endOfAction(only);
    const last = results.at(-1);
    const well = results.filter(({ result }) => result === 'succeeded').length;
    const said =
      well === results.length
        ? `${well} actions ended well.`
        : `${well} of ${results.length} actions ended well, and what failed was answered.`;
    const message = `${said}${last === undefined ? '' : ` Last: ${last.message}`}`;
    return { outcome: 'unchanged', code: 'ok', message };
  }
}

const nothingToDo: RunEnd = {
  outcome: 'unchanged',
  code: 'ok',
  message: 'No action of the rule was to be done.',
};
