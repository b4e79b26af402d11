import { createRule } from '../rules/createRule.ts';
import type { Command } from './command.ts';

/** Makes a rule in `.cursor/drafts`, which is checked and never acts. */
export const newDraft: Command<'codegenLab.newDraft'> = {
  id: 'codegenLab.newDraft',
  needsTrust: false,
  run: (host) => createRule(host, 'draft'),
};
