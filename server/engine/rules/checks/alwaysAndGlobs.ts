import type { RuleCheck } from './ruleCheck.ts';

/** `rule.always-and-globs`: both are written, and versions of Cursor differ in which one counts. */
export const alwaysAndGlobs: RuleCheck = ({ rule }) => {
  if (rule.form !== 'file' || !rule.alwaysApply || rule.globs.length === 0) return [];
  const span = rule.written.get('globs') ?? rule.span;
  const message =
    'The rule is in every prompt because of `alwaysApply: true`; its globs only limit when it fires. Drop one of the two if that is not meant: versions of Cursor differ.';
  return [{ code: 'rule.always-and-globs', severity: 'warning', message, span }];
};
