import type { Plugin } from 'esbuild';

/**
 * What the language client asks libraries that are larger than itself, answered without them. It compares the editor's
 * version with the one that it needs, which `engines.vscode` makes sure of before anything is loaded; and it matches the
 * files of a rename with the globs of our server, of which there is one, for every file.
 */
const answers: Readonly<Record<string, string>> = {
  'semver/functions/parse': 'module.exports = (version) => ({ version, prerelease: [] });',
  'semver/functions/satisfies': 'module.exports = () => true;',
  minimatch: `exports.Minimatch = class {
  constructor(glob) { if (glob !== '**') throw new Error('Only ** is matched here, not ' + glob + '.'); }
  makeRe() { return /^/; }
  match() { return true; }
};`,
};

/** Leaves semver and minimatch out of the editor's bundle. A glob that is another one fails where it is registered. */
export const unusedLibrariesPlugin: Plugin = {
  name: 'unused-libraries',
  setup(build) {
    build.onResolve(
      { filter: /^(?:minimatch|semver\/functions\/(?:parse|satisfies))$/ },
      ({ path, importer }) =>
        /[\\/]vscode-languageclient[\\/]/.test(importer) ? { path, namespace: 'answered' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'answered' }, ({ path }) => ({
      contents: answers[path] ?? '',
      loader: 'js',
    }));
  },
};
