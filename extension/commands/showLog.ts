import type { Command } from './command.ts';

/** Opens the output channel. */
export const showLog: Command<'codegenLab.showLog'> = {
  id: 'codegenLab.showLog',
  needsTrust: false,
  run(host) {
    host.output.show();
    return Promise.resolve();
  },
};
