import { readLine } from '../../documents/readLine.ts';
import type { RuleProblem } from '../rule.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.not-supported-yet`: what is read, and has no effect in this version. */
export const notSupportedYet: RuleCheck = ({ text, rule, draft }) => {
  if (rule.form !== 'file') return [];
  return [...findExtends(draft.extends), ...findIncludes(text, text.length - rule.body.length)];
};

function findExtends(parents: Parameters<RuleCheck>[0]['draft']['extends']): readonly RuleProblem[] {
  return (parents ?? []).map(({ span }) => {
    const message =
      'Rules do not inherit yet: this rule guides with its own text and does not fire by itself.';
    return { code: 'rule.not-supported-yet', severity: 'information', message, span };
  });
}

function findIncludes(text: string, bodyStart: number): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  for (let at = text.indexOf('@include ', bodyStart); at >= 0; at = text.indexOf('@include ', at + 1)) {
    const isLineStart = at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r';
    if (!isLineStart) continue;
    const { end } = readLine(text, at);
    const message = 'Fragments are not included yet: this line goes into the prompt as it stands.';
    problems.push({
      code: 'rule.not-supported-yet',
      severity: 'information',
      message,
      span: { start: at, end },
    });
  }
  return problems;
}
