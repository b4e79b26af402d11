import type { HealthCheck } from '../../protocol/health.ts';
import { attention, bad, countOf, good } from './healthCheck.ts';
import type { HealthParts } from './healthParts.ts';

/** Rule files with their problems, and what people said of the rules. */
export async function examineRules(
  { engine }: HealthParts,
  root: string,
  signal: AbortSignal,
): Promise<readonly HealthCheck[]> {
  const paths = engine.ruleDocuments(root).map(({ path }) => path);
  const findings = await engine.check(root, paths, signal);
  const problems = findings.filter(({ code, path }) => code.startsWith('rule.') && paths.includes(path));
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const seen = `${countOf(paths.length, 'rule file')}.`;
  const [first] = errors;
  const todo = 'Look at clctl validate-rules; --fix mends what is certain.';
  const rules =
    first !== undefined
      ? bad(
          'rules',
          'Rules',
          // Its message may quote the file, and this is told in reports too.
          `${seen} ${countOf(errors.length, 'error')}, the first in ${first.path}:${first.range.start.line + 1} (${first.code}).`,
          todo,
        )
      : warnings.length > 0
        ? attention('rules', 'Rules', `${seen} ${countOf(warnings.length, 'warning')}.`, todo)
        : good('rules', 'Rules', paths.length === 0 ? 'There are no rule files here.' : seen);
  return [rules, examineApprovals(engine.approvals().filter(({ folder }) => folder === root))];
}

function examineApprovals(
  views: readonly { readonly state: string; readonly name: string; readonly changed?: string }[],
): HealthCheck {
  const count = (state: string): number => views.filter((view) => view.state === state).length;
  const seen = `${count('allowed')} allowed, ${count('denied')} denied, ${count('asks')} not answered.`;
  const changed = views.filter((view) => view.state === 'asks' && view.changed !== undefined);
  if (changed.length === 0) return good('approvals', 'Approvals', seen);
  return attention(
    'approvals',
    'Approvals',
    `${seen} Changed since you approved them: ${changed.map(({ name }) => name).join(', ')}.`,
    'Read what changed and answer again (Show Approval Changes, or codegen-lab approvals).',
  );
}
