import { createRule } from '../rules/createRule.ts';
import type { Command } from './command.ts';

/** Makes a rule in `.cursor/rules`, which acts at once. */
export const newRule: Command<'codegenLab.newRule'> = {
  id: 'codegenLab.newRule',
  needsTrust: false,
  run: (host) => createRule(host, 'live'),
};
