import { previewPrompt as previewPromptRequest } from '../../server/protocol/requests.ts';
import type { Command } from './command.ts';
import { pickTarget } from './pickTarget.ts';

/** Shows the prompt that a rule would send now. Nothing is sent. */
export const previewPrompt: Command<'codegenLab.previewPrompt'> = {
  id: 'codegenLab.previewPrompt',
  needsTrust: false,
  async run(host, argument) {
    const target = await pickTarget(host, argument);
    if (!target) return;
    const { markdown } = await host.server.request(previewPromptRequest, target);
    await host.prompts.show(target.ruleId, markdown);
  },
};
