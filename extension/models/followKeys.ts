import { keyRefused } from '../../server/protocol/modelRequests.ts';
import type { ServerConnection } from '../server/serverConnection.ts';
import { offerCommands } from '../views/offerCommands.ts';

/** Asks for a key when a provider refused the one that is there, or there is none; the server says so once for each key. */
export function followKeys(server: ServerConnection): void {
  server.onNotification(keyRefused, ({ label, hadKey }) =>
    offerCommands({
      message: hadKey
        ? `${label} refuses the API key. Set a valid one; it holds from the next call on.`
        : `${label} needs an API key, and none is set.`,
      severity: 'warning',
      buttons: [
        ['Set API Key', 'codegenLab.setApiKey'],
        ['Choose Model', 'codegenLab.chooseModel'],
      ],
    }),
  );
}
