import { pickRule } from './pickRule.ts';
import type { Host } from './command.ts';

export interface NamedRule {
  readonly folder: string;
  readonly ruleId: string;
}

/** The rule that a command names, or the person's choice. */
export async function pickRuleTarget(
  host: Host,
  argument: NamedRule | undefined,
  placeHolder: string,
): Promise<NamedRule | undefined> {
  const isNamed = typeof argument?.ruleId === 'string' && typeof argument.folder === 'string';
  return isNamed ? argument : pickRule(host, { placeHolder, matches: () => true });
}
