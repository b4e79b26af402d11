import type { Command } from './command.ts';
import { pickRuleTarget } from './pickRuleTarget.ts';

/** Shows a rule with all that it inherits, and where each value was written. */
export const showEffectiveRule: Command<'codegenLab.showEffectiveRule'> = {
  id: 'codegenLab.showEffectiveRule',
  needsTrust: false,
  async run(host, argument) {
    const rule = await pickRuleTarget(host, argument, 'Show what which rule comes to?');
    if (rule) await host.rules.showEffective({ folder: rule.folder, ruleId: rule.ruleId });
  },
};
