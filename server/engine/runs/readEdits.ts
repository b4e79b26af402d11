import type { EditSummary, ProposedFile } from '../../protocol/runEvents.ts';
import { parseAnswer } from '../generation/formats/parseAnswer.ts';
import { checkGates } from '../generation/gates/checkGates.ts';
import { applyEdits } from '../generation/locate/applyEdits.ts';
import type { ScratchTree } from '../ports/scratch.ts';
import { resolveInside } from '../safety/pathJail.ts';
import type { TestTask } from './buildTestTask.ts';
import { judgeModelWrite } from './judgeModelWrite.ts';
import type { RunScope } from './runScope.ts';

/** Why an edit goes back to the model. */
export interface Refusal {
  readonly gate: string;
  readonly path: string;
  readonly reason: string;
}

export type EditReading =
  | {
      readonly kind: 'edited';
      readonly files: readonly ProposedFile[];
      /** Of the model. */
      readonly remarks: readonly string[];
      /** Of rules, as sentences. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

export interface AnswerToRead {
  readonly attempt: number;
  readonly text: string;
  readonly tree: ScratchTree;
  /** The one file that this action may write. */
  readonly target: string;
  /** How scripts are read where the answer writes; undefined for other languages. */
  readonly moduleType: TestTask['moduleType'];
}

/** Turns an answer into edits of the text that the run began with, and passes them through the gates. Writes nothing. */
export async function readEdits(scope: RunScope, answer: AnswerToRead): Promise<EditReading> {
  const reading = await locateEdits(scope, answer);
  if (reading.kind === 'edited') return passGates(scope, answer, reading);
  await recordRefusals(scope, answer.attempt, reading.refusals);
  return reading;
}

async function locateEdits(
  scope: RunScope,
  { attempt, text, tree, target }: AnswerToRead,
): Promise<EditReading> {
  // Small models often forget the path; there is only one file that they may mean.
  const parsed = parseAnswer(text, { fallbackPath: target });
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
    if (jailed.kind === 'refused' || jailed.path !== target) {
      const reason =
        jailed.kind === 'refused'
          ? `it ${jailed.reason}`
          : 'this task may only write the test file that it names; leave every other file as it is';
      refusals.push({ gate: 'paths', path: edit.path, reason });
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
  await scope.recorder.record({ type: 'edit.proposed', attempt, files: summaries });
  return { kind: 'edited', files, remarks: parsed.remarks, warnings: [] };
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
      isAllowed: (path) => path === answer.target,
      moduleTypeOf: () => answer.moduleType,
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
  { recorder }: RunScope,
  attempt: number,
  refusals: readonly Refusal[],
): Promise<void> {
  for (const refusal of refusals) await recorder.record({ type: 'edit.refused', attempt, ...refusal });
}

function withCandidates(
  reason: string,
  candidates: readonly { readonly line: number; readonly text: string }[],
): string {
  const places = candidates.map(({ line, text }) => `line ${line + 1}:\n${text}`);
  return [reason, ...places].join('\n');
}
