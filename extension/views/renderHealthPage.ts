import { basename } from 'node:path';
import type { ServerState } from '../server/serverConnection.ts';

export interface EditorHealth {
  /** Such as `Visual Studio Code 1.100.0`. */
  readonly editor: string;
  /** Of this extension. */
  readonly version: string;
  readonly server: ServerState;
  /** How often it ended in this window without having been asked to, as a sentence; undefined: never. */
  readonly restarts?: string;
  /** What kept the server from answering; undefined: it answered. */
  readonly problem?: string;
}

const states: Readonly<Record<ServerState, string>> = {
  stopped: 'does not run: there are no rules here, or it was stopped',
  starting: 'is starting',
  running: 'runs',
  unresponsive:
    'gives no sign of life; if that goes on it is started again by itself, or now with *Codegen Lab: Restart Language Server*',
  failed: 'stopped several times; *Codegen Lab: Restart Language Server* starts it again',
};

/** What the server found in each folder, as Markdown, after what the editor knows. */
export function renderHealthPage(
  folders: readonly { readonly folder: string; readonly markdown: string }[],
  { editor, version, server, restarts, problem }: EditorHealth,
): string {
  const parts = folders.map(({ folder, markdown }) =>
    folders.length > 1
      ? `# Folder ${basename(folder).replaceAll(/[<>![\]`]/g, '\\$&')}\n\n${markdown}`
      : markdown,
  );
  return [
    `Codegen Lab ${version} in ${editor}. The language server ${states[server]}.`,
    ...(restarts === undefined ? [] : [restarts]),
    ...(problem === undefined ? [] : [`It did not answer: ${problem.replaceAll(/[<>![\]`]/g, '\\$&')}`]),
    ...(folders.length === 0 && problem === undefined ? ['No folder is open.'] : parts),
  ].join('\n\n');
}
