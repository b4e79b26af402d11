import * as vscode from 'vscode';
import { killSurvivors as killSurvivorsRequest } from '../../server/protocol/requests.ts';
import { fileUri } from '../folderUri.ts';
import type { Command } from './command.ts';

/** Generates tests that notice small wrong changes which the tests of a file let live. */
export const killSurvivors: Command<'codegenLab.killSurvivors'> = {
  id: 'codegenLab.killSurvivors',
  needsTrust: true,
  async run({ server }, argument) {
    if (!Array.isArray(argument?.survivors)) return;
    const { folder, path, survivors } = argument;
    const uri = fileUri(folder, path).toString();
    const started = await server.request(killSurvivorsRequest, { uri, survivors });
    if ('refused' in started) void vscode.window.showWarningMessage(`Codegen Lab: ${started.refused}`);
  },
};
