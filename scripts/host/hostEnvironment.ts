import { existsSync } from 'node:fs';
import { homedir } from 'node:os';

/** Variables that change how Node, an editor or an npm script behaves; they belong to whoever started the tests. */
const foreign = /^(NODE_|npm_|VSCODE_|ELECTRON_|CURSOR_|MOCHA_|INIT_CWD$|FORCE_COLOR$|NO_COLOR$)/i;

/** The environment of an editor in tests: this one without what would leak into it, and with what it cannot miss. */
export function createHostEnvironment(home: string | undefined): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !foreign.test(entry[0]),
  );
  const environment = Object.fromEntries(kept);
  return {
    // Without a UTF-8 locale terminals and Python garble anything that is not ASCII.
    ...((environment['LANG'] ?? environment['LC_ALL']) ? {} : { LANG: 'C.UTF-8' }),
    // Shell integration needs bash; a container often has no SHELL at all.
    ...(existsSync('/bin/bash') ? { SHELL: '/bin/bash' } : {}),
    ...environment,
    HOME: home ?? environment['HOME'] ?? homedir(),
  };
}
