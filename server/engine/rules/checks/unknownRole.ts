import type { Span } from '../../documents/span.ts';
import type { RuleProblem } from '../rule.ts';
import { resolveRole, roleNames, roleRows } from '../vocabulary/modelRoles.ts';
import { nearestWord } from '../vocabulary/nearestWord.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.unknown-role`: a `model` that is neither a role nor a model of a provider, so that nobody can be asked. */
export const unknownRole: RuleCheck = ({ text, rule }) => [
  ...checkOne(text, rule.model, rule.written.get('model')),
  ...rule.actions.flatMap(({ model, fields }) => checkOne(text, model, fields.get('model'))),
];

function checkOne(text: string, model: string | undefined, span: Span | undefined): readonly RuleProblem[] {
  // A name with a slash is one of a model; which models there are is not known here.
  if (model === undefined || span === undefined || model.includes('/') || resolveRole(model)) return [];
  const near = nearestWord(model, roleNames);
  const meant = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  const roles = roleRows.map(({ role }) => role).join(', ');
  return [
    {
      code: 'rule.unknown-role',
      severity: 'warning',
      message: `\`${model}\` is no role (${roles}) and no \`provider/model\`, so nobody can be asked.${meant}`,
      span: withoutQuotes(text, span),
      ...(near !== undefined && { data: { near } }),
    },
  ];
}

function withoutQuotes(text: string, { start, end }: Span): Span {
  const isQuoted = end - start > 2 && /["']/.test(text.charAt(start)) && text[end - 1] === text[start];
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}
