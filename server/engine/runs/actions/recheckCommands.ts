import type { Rechecked } from '../editing/proofParts.ts';
import type { RunScope, RunSubject } from '../runScope.ts';
import { actionVariables } from './actionVariables.ts';
import { performAction } from './performAction.ts';
import type { ChainLink } from './planChain.ts';
import type { SharedCopy } from './runCopy.ts';

export interface RecheckOrder {
  readonly subject: RunSubject;
  /** As an edit left it that is being tried. */
  readonly copy: SharedCopy;
  /** Which time it is, from 1. */
  readonly nth: number;
}

/** Does commands once more, until one reports something; each is told in the journal as a try of its action. undefined: there are none. */
export async function recheckCommands(
  scope: RunScope,
  commands: readonly Pick<ChainLink, 'key' | 'action'>[],
  { subject, copy, nth }: RecheckOrder,
): Promise<Rechecked | undefined> {
  if (commands.length === 0) return undefined;
  const { recorder, deps, file, rule } = scope;
  const memory = { problems: '', testOutput: '' };
  const variables = rule.form === 'block' ? {} : actionVariables(file, subject, memory);
  for (const { key, action } of commands) {
    const attempt = action.retry + 1 + nth;
    const started = deps.clock.now();
    const done = await performAction({
      ...scope,
      ...{ action, key, attempt, variables, copy },
      isAlone: false,
      recheck: async () => undefined,
    });
    const ms = deps.clock.now() - started;
    await recorder.record({
      type: 'action.finished',
      action: key,
      kind: action.type,
      attempt,
      ...done,
      ms,
    });
    const { result, code, message, output = '', findings = [] } = done;
    if (result !== 'succeeded') return { result, code, message, output };
    if (findings.length > 0)
      return {
        result: 'failed',
        code: 'action.problems',
        message: `\`${key}\` still reports ${findings.length} problem${findings.length === 1 ? '' : 's'}.`,
        output,
      };
  }
  const keys = commands.map(({ key }) => `\`${key}\``).join(', ');
  const verb = commands.length === 1 ? 'reports' : 'report';
  return { result: 'succeeded', code: 'ok', message: `${keys} ${verb} nothing any more.`, output: '' };
}
