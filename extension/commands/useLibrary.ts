import * as vscode from 'vscode';
import { listAllRules, type RuleSummary } from '../../server/protocol/requests.ts';
import { readBundled, useBundled } from '../rules/switchRule.ts';
import type { Command } from './command.ts';

/** Lets the person tick which rules of the library act everywhere. */
export const useLibrary: Command<'codegenLab.useLibrary'> = {
  id: 'codegenLab.useLibrary',
  needsTrust: false,
  async run(host) {
    const all = await host.server.request(listAllRules, {});
    const known = new Map(all.filter(isOffered).map((rule) => [rule.uri, rule]));
    if (known.size === 0) throw new Error('open a folder first: rules act on the files of a folder.');
    const used = readBundled();
    const items = [...known.values()].map((rule) => {
      const id = rule.uri.slice(rule.uri.indexOf(':') + 1);
      return { label: rule.name, detail: rule.description, picked: used.includes(id), id };
    });
    const title = 'Rules of the Library That Act Everywhere';
    const placeHolder = 'Tick the rules that shall act; each can be switched off again in the Rules view';
    const options = { title, placeHolder, canPickMany: true, matchOnDetail: true } as const;
    const chosen = await vscode.window.showQuickPick(items, options);
    if (!chosen) return;
    const offered = new Set(items.map(({ id }) => id));
    await useBundled([...used.filter((id) => !offered.has(id)), ...chosen.map(({ id }) => id)]);
  },
};

/** One that is there to be extended would do nothing by itself. */
function isOffered({ place, abstract, uri }: RuleSummary): boolean {
  return !abstract && (place === 'library' || uri.startsWith('builtin:'));
}
