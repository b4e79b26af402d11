import type { ApprovalView } from '../../server/protocol/approvals.ts';
import { countDropped, type CandidateReport } from '../../server/protocol/candidates.ts';
import type { RunView } from '../../server/protocol/viewState.ts';

/** What a rule wants to be allowed: said before it calls a model or runs anything. `run`: the one that waits for it. */
export function describeApproval(
  { name, may, changed }: ApprovalView,
  run: RunView | undefined,
  model: string | undefined,
): string {
  const reason = run?.message
    ? `${sentence(run.message)} `
    : changed === undefined
      ? ''
      : `${changed === 'inherited' ? `What rule ${name} inherits` : `Rule ${name}`} has changed since you allowed it. `;
  const attempts =
    run && `at most ${run.attempts} ${run.attempts === 1 ? 'answer' : 'answers'} for each file`;
  const asked = [model, attempts].filter((part) => part !== undefined).join(', ');
  const ask = may.findIndex((right) => right.startsWith('ask '));
  const rights = may.map((right, index) => (index === ask && asked !== '' ? `${right} (${asked})` : right));
  const rule = reason === '' ? `rule "${name}"` : 'it';
  return `Codegen Lab: ${reason}Once allowed, ${rule} may ${joinWords(rights)}. You are asked again when its text changes.`;
}

/** Several rules that were allowed have other texts now. */
export function describeChanges(approvals: readonly ApprovalView[]): string {
  const names = approvals.map(({ name }) => name);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const inherited = approvals.every(({ changed }) => changed === 'inherited');
  const what = inherited
    ? 'inherit other texts than when you allowed them'
    : 'have changed since you allowed them';
  return `Codegen Lab: ${names.length} rules ${what}: ${joinWords(shown)}. They do not act until you allow them again.`;
}

/** Why tests would run without a sandbox, and which. */
export function describeUnconfined(run: RunView): string {
  const files = run.files.map((file) => file.path).join(', ');
  const what = files ? ` It wrote ${files}.` : '';
  return `Codegen Lab: ${sentence(run.message)} The tests of rule "${run.rule}" were written by a model and would run with your rights.${what} Look at them first.`;
}

/** What is proven, in one line. */
export function describeProposal(run: RunView): string {
  const count = run.files.length;
  const files = count === 1 ? (run.files[0]?.path ?? '1 file') : `${count} files`;
  const tests = run.testsAfter;
  const look = describeAssessment(run.assessment);
  if (!tests)
    return `Codegen Lab: ${files} proposed by rule "${run.rule}" for ${run.file}. Not proven by tests.${look}`;
  const failed = tests.failed > 0 ? `, ${tests.failed} failed` : '';
  return `Codegen Lab: ${files} proven (${tests.passed} passed${failed}) by rule "${run.rule}" for ${run.file}.${describeNewTests(run.candidates)}${look}`;
}

/** What was found beside the tests, in a few words; empty: nothing. */
function describeAssessment(assessment: RunView['assessment']): string {
  const { held = [], findings = [] } = assessment ?? {};
  const [first, ...more] = held;
  if (first !== undefined)
    return ` It concerns what is installed: ${first}${more.length === 0 ? '' : ` And ${more.length} more.`}`;
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  return findings.length === 0 ? '' : ` Scanners have ${count}.`;
}

/** What became of the tests that a model wrote, in one line; empty where it wrote none. */
function describeNewTests(report: CandidateReport | undefined): string {
  if (report === undefined) return '';
  const { kept, dropped, coverage, mutation } = report;
  const left =
    dropped.length === 0 ? '' : `, ${dropped.length} dropped (${countDropped(report)}; the run says why)`;
  const lines =
    coverage === undefined ? [] : [`lines ${coverage.before} → ${coverage.after} of ${coverage.lines}`];
  const mutants =
    mutation === undefined ? [] : [`killed mutants ${mutation.before.killed} → ${mutation.after.killed}`];
  const gains = [...lines, ...mutants];
  return ` New tests: ${kept.length} kept${left}${gains.length === 0 ? '' : `; ${gains.join(', ')}`}.`;
}

/** The same as a question, for who is asked without having been shown the diff. */
export function describeLanding(run: RunView): string {
  const changes = run.files.map(({ path, before, after }) => {
    const verb = before === undefined ? 'create' : after === undefined ? 'delete' : 'change';
    return `${verb} ${path}`;
  });
  const shown = changes.length > 4 ? [...changes.slice(0, 3), `${changes.length - 3} more`] : changes;
  const tests = run.testsAfter;
  const failed = tests && tests.failed > 0 ? `, ${tests.failed} failed` : '';
  const proof = tests ? `Proven: ${tests.passed} passed${failed}.` : 'Not proven by tests.';
  return `Codegen Lab: apply the edit of rule "${run.rule}" for ${run.file}? It would ${joinWords(shown)}. ${proof}${describeNewTests(run.candidates)}`;
}

/** A question whose answer came from elsewhere; `now`: the run as it is, undefined when it is not known any more. */
export function describeDecided({ rule, file }: RunView, now: RunView | undefined): string {
  const end = now?.outcome === undefined ? '' : ` (${now.outcome})`;
  return `Codegen Lab: the proposal of rule "${rule}" for ${file} is decided already${end}. Nothing more was done.`;
}

function joinWords(words: readonly string[]): string {
  const [last = '', ...others] = words.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
