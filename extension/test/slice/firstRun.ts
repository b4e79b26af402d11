import * as vscode from 'vscode';
import type { Journals } from './journals.ts';
import { answerMessage, waitForStatus } from './screen.ts';
import { insertAtTop, saveByHand } from './workbench.ts';

let changes = 0;

/** Changes a file, saves it by hand, and waits for the run that this starts. */
export async function saveChange(journals: Journals, path: string): Promise<string> {
  changes += 1;
  await insertAtTop(path, `${path.endsWith('.py') ? '#' : '//'} Change ${changes}.\n`);
  return journals.startedBy(path, saveByHand);
}

/** The same for the first time: the rule is allowed to act. */
export async function saveAndAllow(journals: Journals, path: string): Promise<string> {
  const run = await saveChange(journals, path);
  await journals.step(run, 'run.waiting', (event) => event.on === 'approval');
  await answerMessage(/wants to ask a model/, 'Allow This Rule');
  return run;
}

/** Saves a change and waits until its proposal is to be decided. */
export async function propose(journals: Journals, path: string): Promise<string> {
  const run = await saveChange(journals, path);
  await journals.step(run, 'run.waiting', (event) => event.on === 'decision');
  await waitForStatus(/1 to review/);
  return run;
}

/** Calls a command about a run as its lens does. */
export async function act(
  command: 'acceptProposal' | 'rejectProposal' | 'showProposal' | 'stopRun',
  run: string,
): Promise<void> {
  await vscode.commands.executeCommand(`codegenLab.${command}`, { run });
}
