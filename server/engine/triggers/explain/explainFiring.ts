import { isCheckAction } from '../../rules/modelActions.ts';
import { actionWords } from '../../rules/vocabulary/actions.ts';
import { checksLive, findPathFault, findRuleFault, heldByHand, matchFile } from '../decideFirings.ts';
import type { EventFile } from '../filters/eventFile.ts';
import { explainGlobs } from './explainGlobs.ts';
import type { ExplainedRule, Explanation } from './explanation.ts';
import { placeOf } from './explanation.ts';

/** Whether events of this file can fire a rule, or its checks look at it; the rule is live and active. */
export async function explainFiring(
  explained: ExplainedRule,
  file: EventFile,
  ignored?: (path: string) => boolean,
): Promise<Explanation> {
  const { rule } = explained.effective;
  const { path } = file.event;
  const pathFault = findPathFault(path, ignored);
  if (pathFault !== undefined)
    return { applies: 'no', reason: pathFault, by: undefined, change: 'Choose a file that is not ignored.' };
  const fault = findRuleFault(rule);
  if (fault !== undefined) {
    const change =
      rule.actions.length === 0 ? 'Give it `actions`.' : `Use a known type: ${actionWords.join(', ')}.`;
    const by = placeOf(explained, 'actions', { span: fault.span });
    return { applies: 'no', reason: fault.reason, by, change };
  }
  const globs = explainGlobs(explained, path);
  if (globs.applies === 'no') return globs;
  const matched = await matchFile(rule, file, heldByHand);
  if (matched.kind === 'refused') {
    const by = placeOf(explained, 'filters', { span: matched.span });
    return { applies: 'no', reason: matched.reason, by, change: 'Change or remove this filter.' };
  }
  return explainEvents(explained, globs.by === undefined ? '' : ', and its globs match');
}

function explainEvents(explained: ExplainedRule, rest: string): Explanation {
  const { rule } = explained.effective;
  const [first] = rule.on;
  const by = placeOf(explained, 'on', { span: rule.written.get('on') ?? first?.span });
  if (checksLive(rule) && rule.actions.some(({ type }) => isCheckAction(type)))
    return { applies: 'yes', reason: `it checks live${rest}`, by, change: undefined };
  if (first !== undefined) {
    const events = rule.on.map(({ value }) => `\`${value}\``).join(', ');
    return { applies: 'yes', reason: `it fires on ${events}${rest}`, by, change: undefined };
  }
  return {
    applies: 'onRequest',
    reason: 'it has no `on`, so it fires only when it is run by hand',
    by: undefined,
    change: 'Give it an event, such as `on: save`.',
  };
}
