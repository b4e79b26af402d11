import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { unusedLibrariesPlugin } from './unusedLibraries.ts';

const client = join(import.meta.dirname, '..', 'node_modules', 'vscode-languageclient', 'lib', 'common');

/** What a module of the language client gets for an expression. */
async function evaluate(expression: string): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: {
      contents: `module.exports = ${expression};`,
      resolveDir: client,
      sourcefile: join(client, 'x.js'),
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    plugins: [unusedLibrariesPlugin],
  });
  const module = { exports: undefined as unknown };
  runInNewContext(outputFiles[0]?.text ?? '', { module });
  return module.exports;
}

describe('what the language client asks libraries', () => {
  it('is answered: its version is right, and every file is meant', async () => {
    const isRight =
      "require('semver/functions/satisfies')(require('semver/functions/parse')('1.105.0'), '^1.91.0')";
    assert.equal(await evaluate(isRight), true);
    assert.equal(
      await evaluate("new (require('minimatch').Minimatch)('**', { dot: true }).match('/w/.cursor/a')"),
      true,
    );
  });

  it('is refused for another glob than that for every file', async () => {
    await assert.rejects(
      evaluate("new (require('minimatch').Minimatch)('**/*.ts')"),
      /Only \*\* is matched here/,
    );
  });
});
