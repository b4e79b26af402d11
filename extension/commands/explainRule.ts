import type { Command } from './command.ts';
import { pickRuleTarget } from './pickRuleTarget.ts';

/** Shows in words what a rule does: when it applies, what it inherits, what limits it, what is wrong with it. */
export const explainRule: Command<'codegenLab.explainRule'> = {
  id: 'codegenLab.explainRule',
  needsTrust: false,
  async run(host, argument) {
    const rule = await pickRuleTarget(host, argument, 'Explain which rule?');
    if (rule) await host.rules.showExplanation({ folder: rule.folder, ruleId: rule.ruleId });
  },
};
