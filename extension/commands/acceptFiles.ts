import * as vscode from 'vscode';
import type { RunView } from '../../server/protocol/viewState.ts';
import { decide } from '../proposals/decide.ts';
import type { Command } from './command.ts';
import { pickRun } from './pickRun.ts';

/** Lands the files of a proposal that the person picks. */
export const acceptFiles: Command<'codegenLab.acceptFiles'> = {
  id: 'codegenLab.acceptFiles',
  needsTrust: true,
  async run(host, argument) {
    const run = await pickRun(host, {
      argument,
      matches: (candidate) => candidate.waitingOn === 'decision',
      placeHolder: 'Of which proposal?',
      none: 'Codegen Lab: no proposal is waiting.',
    });
    const paths = run && (await pickPaths(run));
    if (run && paths && paths.length > 0) await decide(host, { run: run.run, accept: true, paths });
  },
};

async function pickPaths(run: RunView): Promise<readonly string[] | undefined> {
  const items = run.files.map(({ path, before, after }) => ({
    label: path,
    description: before === undefined ? 'new' : after === undefined ? 'deleted' : 'changed',
    picked: true,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: 'Files to accept; the rest is dropped',
  });
  return picked?.map((item) => item.label);
}
