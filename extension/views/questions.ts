import type { RunView } from '../../server/protocol/viewState.ts';

/** What a rule wants to be allowed: said before it calls a model or runs anything. */
export function describeApproval(run: RunView, model: string | undefined): string {
  const asked = model === undefined ? 'ask a model' : `ask ${model}`;
  const limits = `at most ${run.attempts} ${run.attempts === 1 ? 'answer' : 'answers'} for each file`;
  const reason = run.message ? `${sentence(run.message)} ` : '';
  const rule = run.message ? 'it' : `rule "${run.rule}"`;
  return `Codegen Lab: ${reason}Once allowed, ${rule} may ${asked} (${limits}) and run the tests. You are asked again when its text changes.`;
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
  if (!tests)
    return `Codegen Lab: ${files} proposed by rule "${run.rule}" for ${run.file}. Not proven by tests.`;
  const failed = tests.failed > 0 ? `, ${tests.failed} failed` : '';
  return `Codegen Lab: ${files} proven (${tests.passed} passed${failed}) by rule "${run.rule}" for ${run.file}.`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
