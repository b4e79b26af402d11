import type { EditSummary, ProposedFile } from '../../../protocol/runEvents.ts';
import { parseAnswer } from '../../generation/formats/parseAnswer.ts';
import type { AnswerEdit } from '../../generation/formats/parsedAnswer.ts';
import { dropUnparsed, type UnparsedTest } from '../../generation/candidates/dropUnparsed.ts';
import { checkGates } from '../../generation/gates/checkGates.ts';
import { applyEdits } from '../../generation/locate/applyEdits.ts';
import type { ScratchTree } from '../../ports/scratch.ts';
import { resolveInside } from '../../safety/pathJail.ts';
import { neutralise } from '../../safety/neutralise.ts';
import type { EditTask } from './editTask.ts';
import { isOfTests } from './isOfTests.ts';
import { judgeModelWrite } from '../judgeModelWrite.ts';
import type { ProofParts } from './proofParts.ts';
import type { Refusal } from './refusal.ts';
import type { RunScope } from '../runScope.ts';

export type EditReading =
  | {
      readonly kind: 'edited';
      readonly files: readonly ProposedFile[];
      /** Of the model. */
      readonly remarks: readonly string[];
      /** Of rules, as sentences. */
      readonly warnings: readonly string[];
      /** New tests that were taken out so that the others parse; missing: none. */
      readonly unparsed?: readonly UnparsedTest[];
    }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  /** Nothing has to change, the model says, and why. */
  | { readonly kind: 'declined'; readonly reason: string };

export type Edited = Extract<EditReading, { readonly kind: 'edited' }>;

export interface AnswerToRead {
  readonly attempt: number;
  readonly text: string;
  readonly tree: ScratchTree;
  readonly task: EditTask;
  /** Looks at an edit that passed the gates. */
  readonly inspect?: ProofParts['inspect'];
  /** Each new test is judged by itself: one that does not parse takes none of the others with it. */
  readonly judgesTests?: boolean;
}

/** Turns an answer into edits of the text that the run began with, and passes them through the gates. Writes nothing. */
export async function readEdits(scope: RunScope, answer: AnswerToRead): Promise<EditReading> {
  const declined = answer.task.mayDecline ? readDecline(answer.text) : undefined;
  if (declined !== undefined) return { kind: 'declined', reason: declined };
  const reading = await locateEdits(scope, answer);
  if (reading.kind === 'edited')
    return passGates(scope, answer, await withoutUnparsed(scope, answer, reading));
  if (reading.kind === 'refused') await recordRefusals(scope, answer.attempt, reading.refusals);
  return reading;
}

async function locateEdits(scope: RunScope, answer: AnswerToRead): Promise<EditReading> {
  const { attempt, text, tree, task } = answer;
  const [target, ...others] = task.targets;
  // Small models often forget the path; where there is only one file, that is the one that they mean.
  const options = target === undefined || others.length > 0 ? {} : { fallbackPath: target };
  const parsed = parseAnswer(text, options);
  if (parsed.problems.length > 0) {
    return {
      kind: 'refused',
      refusals: parsed.problems.map(({ message, path = '' }) => ({ gate: 'format', path, reason: message })),
    };
  }
  const refusals: Refusal[] = [];
  const files: ProposedFile[] = [];
  const summaries: EditSummary[] = [];
  for (const edit of parsed.edits) {
    // Judged before anything is read: what may not be written is not looked up either.
    const jailed = resolveInside(edit.path);
    if (jailed.kind === 'refused' || !task.targets.includes(jailed.path)) {
      refusals.push(await refuseForeign(scope, answer, edit));
      continue;
    }
    const { path } = jailed;
    const before = await tree.original(path);
    const applied = applyEdits(before, edit);
    if (applied.kind === 'refused') {
      refusals.push({ gate: 'locate', path, reason: withCandidates(applied.reason, applied.candidates) });
      continue;
    }
    files.push({ path, ...(before === undefined ? {} : { before }), after: applied.text });
    const change = before === undefined ? 'create' : 'modify';
    summaries.push({ path, change, trust: applied.trust, added: applied.added, removed: applied.removed });
  }
  if (refusals.length > 0) return { kind: 'refused', refusals };
  if (files.every(({ before, after }) => before === after))
    return {
      kind: 'refused',
      refusals: files.map(({ path }) => ({
        gate: 'format',
        path,
        reason: 'the answer changes nothing in it',
      })),
    };
  await scope.recorder.record({ type: 'edit.proposed', attempt, files: summaries });
  return { kind: 'edited', files, remarks: parsed.remarks, warnings: [] };
}

/** Of a file that the task does not name. Where tests judge the edit, what it would take from them is said too. */
async function refuseForeign(
  { deps, signal }: RunScope,
  { tree, task }: AnswerToRead,
  edit: AnswerEdit,
): Promise<Refusal> {
  const jailed = resolveInside(edit.path);
  if (jailed.kind === 'refused') return { gate: 'paths', path: edit.path, reason: `it ${jailed.reason}` };
  const { path } = jailed;
  if (!task.locksTests || !isOfTests(path)) {
    const reason = 'this task may only write the files that it names; leave every other file as it is';
    return { gate: 'paths', path, reason };
  }
  const locked = 'tests are locked while the code is changed; leave this file as it is';
  const before = await tree.original(path);
  const applied = applyEdits(before, edit);
  if (before === undefined || applied.kind === 'refused') return { gate: 'tests', path, reason: locked };
  const file = { path, before, after: applied.text };
  const judged = await checkGates([file], { syntax: deps.syntax, isAllowed: () => true }, signal);
  const weaker = judged.find(({ gate, outcome }) => gate === 'tests' && outcome === 'refused');
  return { gate: 'tests', path, reason: weaker === undefined ? locked : `${locked}: ${weaker.note}` };
}

async function withoutUnparsed(
  { deps, signal }: RunScope,
  { task, judgesTests = false }: AnswerToRead,
  edited: Edited,
): Promise<Edited> {
  const [file, ...others] = edited.files;
  if (!judgesTests || file?.after === undefined || others.length > 0) return edited;
  const { path, before, after } = file;
  const moduleType = task.moduleTypes.get(path);
  const rest = await dropUnparsed(
    deps.syntax,
    { path, before, text: after, ...(moduleType === undefined ? {} : { moduleType }) },
    signal,
  );
  if (rest === undefined) return edited;
  return { ...edited, files: [{ ...file, after: rest.text }], unparsed: rest.dropped };
}

async function passGates(
  scope: RunScope,
  answer: AnswerToRead,
  edited: Extract<EditReading, { readonly kind: 'edited' }>,
): Promise<EditReading> {
  const { recorder, deps, signal } = scope;
  const results = await checkGates(
    edited.files,
    {
      syntax: deps.syntax,
      isAllowed: (path) => answer.task.targets.includes(path),
      moduleTypeOf: (path) => answer.task.moduleTypes.get(path),
      mayChangeTests: answer.task.mayChangeTests,
    },
    signal,
  );
  const refusals: Refusal[] = [];
  for (const result of results) {
    if (result.outcome === 'refused')
      refusals.push({ gate: result.gate, path: result.path, reason: result.note });
    else
      await recorder.record({
        type: 'gate.checked',
        attempt: answer.attempt,
        ...result,
        outcome: result.outcome,
      });
  }
  if (refusals.length === 0) refusals.push(...((await answer.inspect?.(edited.files)) ?? []));
  if (refusals.length === 0) return passRules(scope, answer.attempt, edited);
  await recordRefusals(scope, answer.attempt, refusals);
  return { kind: 'refused', refusals };
}

/** Lets the rules of the folder look at what the model wrote. */
async function passRules(
  scope: RunScope,
  attempt: number,
  edited: Extract<EditReading, { readonly kind: 'edited' }>,
): Promise<EditReading> {
  const judged = await judgeModelWrite(scope, edited.files);
  const refusals = judged.refusals.map((refusal) => ({ gate: 'rules', ...refusal }));
  if (refusals.length > 0) {
    await recordRefusals(scope, attempt, refusals);
    return { kind: 'refused', refusals };
  }
  for (const [path, count] of judged.looked) {
    const note = `${count} of the rules that look at what a model writes let it pass`;
    await scope.recorder.record({
      type: 'gate.checked',
      attempt,
      gate: 'rules',
      path,
      outcome: 'passed',
      note,
    });
  }
  return { ...edited, warnings: judged.warnings };
}

async function recordRefusals(
  { recorder, deps, root, rule }: RunScope,
  attempt: number,
  refusals: readonly Refusal[],
): Promise<void> {
  for (const refusal of refusals) {
    const { gate, path, reason } = refusal;
    await recorder.record({ type: 'edit.refused', attempt, ...refusal });
    if (!rightGates.has(gate)) continue;
    await deps.rights.note(root, {
      run: recorder.run,
      who: { kind: 'model', rule: rule.name },
      right: { kind: 'write', paths: [path] },
      decision: 'denied',
      by: { kind: 'gate', detail: `${gate}: ${reason}` },
    });
  }
}

/** Gates that tell what a model may write, beside those that tell whether it can be read. */
const rightGates: ReadonlySet<string> = new Set(['paths', 'secrets', 'tests', 'rules']);

const maxReason = 500;

/** The reason after `NOTHING:` where the answer holds no edit; undefined: it is another answer. */
function readDecline(text: string): string | undefined {
  const [, reason] = /^[ \t]*(?:\*\*)?NOTHING:(?:\*\*)?[ \t]*(.*)$/mu.exec(text) ?? [];
  if (reason === undefined || /^[ \t]*(?:```|~~~|<{5,} ?SEARCH)/mu.test(text)) return undefined;
  return neutralise(reason).trim().slice(0, maxReason).toWellFormed();
}

function withCandidates(
  reason: string,
  candidates: readonly { readonly line: number; readonly text: string }[],
): string {
  const places = candidates.map(({ line, text }) => `line ${line + 1}:\n${text}`);
  return [reason, ...places].join('\n');
}
