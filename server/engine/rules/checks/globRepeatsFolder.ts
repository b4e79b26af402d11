import { compileGlob } from '../globs/compileGlob.ts';
import { repeatsScope } from '../globs/scopedGlob.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.glob-repeats-folder`: globs of a nested rule are relative to its folder, and this one names the folder again. */
export const globRepeatsFolder: RuleCheck = ({ rule }) => {
  if (rule.form !== 'file' || rule.scope === '') return [];
  return rule.globs.flatMap(({ value, span }) => {
    const result = compileGlob(value);
    if (result.kind !== 'compiled' || !repeatsScope(result.glob, rule.scope)) return [];
    const message = `Globs of this rule are relative to \`${rule.scope}\`; this one was also tried from the workspace folder. Drop \`${rule.scope}/\` from it.`;
    return [{ code: 'rule.glob-repeats-folder', severity: 'hint', message, span } as const];
  });
};
