import assert from 'node:assert/strict';
import { excerptManifest } from './excerptManifest.ts';
import { readModuleType } from './readModuleType.ts';

describe('excerptManifest', () => {
  it('keeps of package.json what a test needs to know', () => {
    const text = JSON.stringify({
      name: 'slug',
      version: '1.0.0',
      type: 'module',
      author: 'Me <me@example.org>',
      exports: './index.js',
    });
    assert.equal(
      excerptManifest('a/package.json', text),
      '{\n  "name": "slug",\n  "type": "module",\n  "exports": "./index.js"\n}\n',
    );
  });

  it('keeps of pyproject.toml the name, the Python and how pytest is configured', () => {
    const text =
      '[build-system]\nrequires = ["x"]\n\n[project]\nname = "slug"\nauthors = [{ name = "Me" }]\nrequires-python = ">=3.9"\n\n[tool.pytest.ini_options]\npythonpath = ["src"]\n\n[tool.ruff]\nline-length = 88\n';
    assert.equal(
      excerptManifest('pyproject.toml', text),
      '[project]\nname = "slug"\nrequires-python = ">=3.9"\n\n[tool.pytest.ini_options]\npythonpath = ["src"]\n',
    );
  });

  for (const [path, text] of [
    ['package.json', '{'],
    ['package.json', '[]'],
    ['package.json', 'null'],
    ['pyproject.toml', '[tool.ruff]\n'],
    ['Cargo.toml', '[package]'],
  ] as const) {
    it(`has nothing to say of ${path} with ${text.trim()}`, () =>
      assert.equal(excerptManifest(path, text), undefined));
  }
});

describe('readModuleType', () => {
  const cases: readonly [string, string | undefined, string][] = [
    ['a.mjs', undefined, 'module'],
    ['a.cjs', '{"type":"module"}', 'commonjs'],
    ['a.js', '{"type":"module"}', 'module'],
    ['a.js', '{"type":"commonjs"}', 'commonjs'],
    ['a.js', '{}', 'commonjs'],
    ['a.js', undefined, 'commonjs'],
    ['a.js', '{ broken', 'commonjs'],
    ['a.js', 'null', 'commonjs'],
  ];
  for (const [path, manifest, expected] of cases) {
    it(`reads ${path} beside ${manifest ?? 'no manifest'} as ${expected}`, () =>
      assert.equal(readModuleType(path, manifest), expected));
  }
});
