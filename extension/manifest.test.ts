import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, root), 'utf8'));
}

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly keybindings: readonly { readonly command: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly svg: string } }[];
    }[];
  };
}

const manifest = readJson('package.json') as Manifest;
const texts = readJson('package.nls.json') as Readonly<Record<string, string>>;
const contributed = manifest.contributes.commands.map(({ command }) => command);

describe('the contributions', () => {
  it('hold exactly the commands that are implemented, a file each', () => {
    const list = readFileSync(new URL('extension/commands/commandList.ts', root), 'utf8');
    const listed = [...list.matchAll(/^import \{ (\w+) \} from '\.\//gm)].map(
      ([, name]) => `codegenLab.${name}`,
    );
    const files = readdirSync(new URL('extension/commands', root)).map(
      (file) => `codegenLab.${file.slice(0, -3)}`,
    );
    assert.deepEqual([...listed].sort(), [...contributed].sort());
    assert.deepEqual(
      contributed.filter((command) => !files.includes(command)),
      [],
    );
  });

  it('are named by menus, keys and links that exist', () => {
    const links = Object.values(texts).flatMap((text) => [...text.matchAll(/command:(codegenLab\.[\w.]+)/g)]);
    const used = [
      ...Object.values(manifest.contributes.menus)
        .flat()
        .map(({ command }) => command),
      ...manifest.contributes.keybindings.map(({ command }) => command),
      ...links.map(([, command]) => command),
    ];
    // The editor gives each view a command that shows it.
    const views = Object.values(manifest.contributes.views).flat();
    const known = [...contributed, ...views.map(({ id }) => `${id}.focus`)];
    assert.deepEqual(
      used.filter((command) => !known.includes(command ?? '')),
      [],
    );
  });

  it('stand in one category, and every text has its translation key', () => {
    assert.deepEqual(
      new Set(manifest.contributes.commands.map(({ category }) => category)),
      new Set(['%category%']),
    );
    const keys = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(texts).sort());
  });

  it('name pictures that exist', () => {
    const pictures = [...JSON.stringify(manifest).matchAll(/"(?:\.\/)?(media\/[\w/.-]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    assert.ok(pictures.length >= 8);
    assert.deepEqual(
      pictures.filter((path) => !existsSync(fileURLToPath(new URL(path, root)))),
      [],
    );
  });

  it('have an icon of 128 by 128', () => {
    const png = readFileSync(new URL(manifest.icon, root));
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [128, 128]);
  });
});
