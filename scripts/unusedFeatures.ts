import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Modules of the language client for what our server does not offer. */
const unused = [
  'callHierarchy',
  'colorProvider',
  'declaration',
  'documentHighlight',
  'implementation',
  'inlineCompletion',
  'inlineValue',
  'linkedEditingRange',
  'notebook',
  'signatureHelp',
  'textDocumentContent',
  'typeDefinition',
  'typeHierarchy',
];

/**
 * Leaves out of the editor's bundle the features of the language client that no answer of our server can ask for. The
 * client registers every feature it has; in place of these it gets features that say nothing to the server and do nothing.
 */
export const unusedFeaturesPlugin: Plugin = {
  name: 'unused-features',
  setup(build) {
    const filter = new RegExp(
      `[\\\\/]vscode-languageclient[\\\\/]lib[\\\\/]common[\\\\/](?:${unused.join('|')})\\.js$`,
    );
    build.onLoad({ filter }, async ({ path }) => ({
      contents: renderSilentFeatures(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Throws when a module exports something else than features: then the client is looked at again. */
export function renderSilentFeatures(source: string): string {
  const names = [...source.matchAll(/^exports\.(\w+) = (?!void)/gm)].map(([, name = '']) => name);
  const other = names.find((name) => !name.endsWith('Feature'));
  if (names.length === 0 || other !== undefined)
    throw new Error(`The language client exports ${other ?? 'nothing'} where a feature is looked for.`);
  const silent =
    "{ getState() { return { kind: 'static' }; } fillClientCapabilities() {} initialize() {} clear() {} }";
  return names.map((name) => `exports.${name} = class ${silent};`).join('\n');
}
