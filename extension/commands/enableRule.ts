import { switchRule } from '../rules/switchRule.ts';
import type { Command } from './command.ts';

/** Lets a rule act again. */
export const enableRule: Command<'codegenLab.enableRule'> = {
  id: 'codegenLab.enableRule',
  needsTrust: false,
  run: (host, argument) => switchRule(host, argument, true),
};
