import type { Command } from './command.ts';

/** Stops the language server and starts a new one; runs come back from their journal. */
export const restartServer: Command<'codegenLab.restartServer'> = {
  id: 'codegenLab.restartServer',
  needsTrust: false,
  run: (host) => host.server.restart(),
};
