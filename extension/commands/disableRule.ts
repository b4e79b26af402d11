import { switchRule } from '../rules/switchRule.ts';
import type { Command } from './command.ts';

/** Keeps a rule from guiding and acting, without taking it away. */
export const disableRule: Command<'codegenLab.disableRule'> = {
  id: 'codegenLab.disableRule',
  needsTrust: false,
  run: (host, argument) => switchRule(host, argument, false),
};
