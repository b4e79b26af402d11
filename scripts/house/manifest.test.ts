import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string; readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
}

describe('package.json', () => {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  const namesIn = (folder: string) => readdirSync(join(root, folder)).map((file) => basename(file, '.ts'));

  for (const [name, command] of Object.entries(manifest.scripts)) {
    it(`runs a task that exists for npm run ${name}`, () => {
      const [, task, ...lanes] = /^node scripts\/run\.mjs (\w+)((?: \w+)*)$/.exec(command) ?? [];
      assert.ok(task, command);
      assert.ok(namesIn('scripts/tasks').includes(task), `scripts/tasks/${task}.ts does not exist`);
      for (const lane of lanes.join('').split(' ').filter(Boolean)) {
        assert.ok(namesIn('scripts/lanes').includes(lane), `scripts/lanes/${lane}.ts does not exist`);
      }
    });
  }

  it('names files that exist', () => {
    const paths = text.match(/(?<=")(?:\.\/|media\/)[^"*]+(?=")/g) ?? [];
    const missing = paths.filter((path) => !path.startsWith('./dist/') && !existsSync(join(root, path)));
    assert.deepEqual(missing, []);
  });

  it('names the walkthrough, the menus and the settings by texts that exist', () => {
    const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Readonly<
      Record<string, string>
    >;
    const used = new Set([...text.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key ?? ''));
    assert.deepEqual(
      [...used].filter((key) => !(key in texts)),
      [],
    );
    assert.deepEqual(
      Object.keys(texts).filter((key) => !used.has(key)),
      [],
    );
  });

  it('compiles against the oldest editor and the oldest Node that it supports', () => {
    assert.equal(`^${manifest.devDependencies['@types/vscode']}`, manifest.engines.vscode);
    assert.match(manifest.devDependencies['@types/node'] ?? '', /^20\./);
    assert.equal(manifest.engines.node, '>=20.19');
  });
});
