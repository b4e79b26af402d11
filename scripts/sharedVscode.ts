import type { Plugin } from 'esbuild';

/**
 * Lets all modules of a bundle share one import of `vscode`. Left to itself, esbuild copies the whole API, some five
 * hundred properties, once for each module that imports it: most of the time that the extension took to load.
 */
export const sharedVscodePlugin: Plugin = {
  name: 'shared-vscode',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ kind, namespace }) =>
      // Libraries in CommonJS take the API as it is, without a copy.
      kind === 'import-statement' && namespace !== shared
        ? { path: 'vscode', namespace: shared }
        : { path: 'vscode', external: true },
    );
    build.onLoad({ filter: /^vscode$/, namespace: shared }, () => ({ contents: "export * from 'vscode';" }));
  },
};

const shared = 'shared-vscode';
