import type { RuleProblem } from '../engine/rules/rule.ts';

/** Where the project is published, as package.json says. */
const repository = 'https://github.com/codegen-lab/codegen-lab';

/** The section about a problem of rule files or of models.yaml, such as `rule.bad-glob`; undefined for other findings. */
export function problemPage(code: RuleProblem['code']): string | undefined {
  if (code.startsWith('models.')) return `${repository}/blob/main/docs/models.md#problems-in-modelsyaml`;
  if (!code.startsWith('rule.')) return undefined;
  // The name of a heading on that page: lower case, without dots.
  return `${repository}/blob/main/docs/rules/problems.md#${code.replaceAll('.', '')}`;
}
