import { runRule as runRuleRequest } from '../../server/protocol/requests.ts';
import { offerCommands, type Offer } from '../views/offerCommands.ts';
import type { Command, Host } from './command.ts';
import { pickTarget } from './pickTarget.ts';

/** Runs a rule on a file because a person asked. */
export const runRule: Command<'codegenLab.runRule'> = {
  id: 'codegenLab.runRule',
  needsTrust: true,
  async run(host, argument) {
    const target = await pickTarget(host, argument);
    if (!target) return;
    const started = await host.server.request(runRuleRequest, target);
    if ('refused' in started) explainRefusal(host, started.refused);
  },
};

function explainRefusal(host: Host, refused: string): void {
  const hasModel = host.views.state?.status.model !== undefined;
  offerCommands({ message: refused, severity: 'warning', buttons: hasModel ? [] : modelOffers });
}

const modelOffers: Offer['buttons'] = [
  ['Set API Key', 'codegenLab.setApiKey'],
  ['Use Ollama', 'codegenLab.useOllama'],
  ['Try Recorded Demo', 'codegenLab.tryRecordedDemo'],
];
