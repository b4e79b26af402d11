import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How another assistant puts a block in its place. */
export interface PeerApplier {
  readonly id: 'cline' | 'continue';
  /** For people. */
  readonly label: string;
  /** The file with the edit; throws, or rejects, where the peer refuses it. Texts are whole lines. */
  readonly apply: (current: string, search: string, replace: string) => string | Promise<string>;
}

interface PeerSource {
  readonly id: PeerApplier['id'];
  readonly label: string;
  /** Below the folder that `--peers` names. */
  readonly file: string;
  /** How it gets there. */
  readonly remedy: string;
  readonly read: (module: Readonly<Record<string, unknown>>) => PeerApplier['apply'] | undefined;
}

type Callable = (...values: readonly unknown[]) => unknown;

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}

const sources: readonly PeerSource[] = [
  {
    id: 'cline',
    label: "Cline's constructNewFileContent",
    file: 'node_modules/claude-dev/src/core/assistant-message/diff.js',
    remedy: 'npm install --ignore-scripts claude-dev@3.10.10 in the folder of --peers',
    read: ({ constructNewFileContent: construct }) =>
      isCallable(construct)
        ? async (current, search, replace) =>
            String(
              await construct(`<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE`, current, true),
            )
        : undefined,
  },
  {
    id: 'continue',
    label: "Continue's executeFindAndReplace",
    file: 'continue/performReplace.js',
    remedy:
      'core/edit/searchAndReplace/performReplace.ts of Continue, bundled for Node as continue/performReplace.js in the folder of --peers; no package on npm holds it',
    read: ({ executeFindAndReplace: execute }) =>
      isCallable(execute)
        ? (current, search, replace) => String(execute(current, search, replace, false))
        : undefined,
  },
];

/** The appliers of other assistants, or why one is not at hand. They are no part of the project. */
export async function loadAppliers(
  folder: string | undefined,
): Promise<readonly (PeerApplier | { readonly id: PeerApplier['id']; readonly missing: string })[]> {
  return Promise.all(
    sources.map(async ({ id, label, file, remedy, read }) => {
      const path = folder === undefined ? undefined : join(folder, file);
      const missing = { id, missing: `peer not at hand: ${remedy}` };
      if (path === undefined || !existsSync(path)) return missing;
      const loaded: unknown = await import(pathToFileURL(path).href);
      const apply = typeof loaded === 'object' && loaded !== null ? read({ ...loaded }) : undefined;
      return apply === undefined ? missing : { id, label, apply };
    }),
  );
}
