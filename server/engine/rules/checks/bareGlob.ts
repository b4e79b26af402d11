import type { RuleCheck } from './ruleCheck.ts';

/** `rule.bare-glob`: a glob without a folder is about the rule's own folder alone. */
export const bareGlob: RuleCheck = ({ rule }) => {
  if (rule.form !== 'file') return [];
  return rule.globs
    .filter(({ value }) => isBare(value))
    .map(({ value, span }) => {
      const folder = rule.scope === '' ? 'the workspace folder itself' : `\`${rule.scope}\` itself`;
      const message = `\`${value}\` is about files in ${folder} only; write \`**/${value}\` for the folders below too.`;
      return { code: 'rule.bare-glob', severity: 'hint', message, span } as const;
    });
};

/** Has a wildcard and no folder: `package.json` at the root is a usual thing to mean, `*.ts` is not. */
export function isBare(glob: string): boolean {
  return (
    !glob.includes('/') &&
    !glob.includes('\\') &&
    !glob.startsWith('!') &&
    glob.includes('*') &&
    !glob.includes('**')
  );
}
