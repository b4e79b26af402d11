import { join, resolve } from 'node:path';
import { build } from 'esbuild';

export interface BuiltSuite {
  readonly name: string;
  /** Absolute. */
  readonly tests: string;
}

/** Bundles `FOLDER/NAME.suite.ts` for the extension host, each into `out/suites/NAME.cjs`. */
export async function buildSuites(
  root: string,
  folder: string,
  names: readonly string[],
): Promise<readonly BuiltSuite[]> {
  const outdir = join(root, 'out', 'suites');
  const entries = names.map(async (name) => {
    const outfile = join(outdir, `${name}.cjs`);
    await build({
      absWorkingDir: root,
      stdin: {
        contents: renderEntry(resolve(root, folder, `${name}.suite.ts`)),
        resolveDir: root,
        loader: 'ts',
      },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      // The editor has one of these; the other loads parts of itself at run time.
      external: ['vscode', 'mocha'],
      sourcemap: 'inline',
      logLevel: 'warning',
    });
    return { name, tests: outfile };
  });
  return Promise.all(entries);
}

/** The suite's own code runs after mocha has put `describe` in place. */
function renderEntry(suite: string): string {
  return `import { runSuite } from './extension/test/support/runSuite.ts';
export const run = () => runSuite(() => import(${JSON.stringify(suite)}));
`;
}
