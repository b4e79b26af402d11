import assert from 'node:assert/strict';
import { readSourceImports } from '../engine/testing/imports/sourceImports.ts';
import {
  findUnknownModules,
  type KnownPackages,
} from '../engine/generation/dependencies/findUnknownModules.ts';

/** A workspace whose manifests name `known`, `PyYAML` and `example.org/known`, with `installed` beside them. */
const packages: KnownPackages = {
  files: new Set(['src/own/a.py', 'lib/helper.js']),
  declared: async () => new Set(['known', '@scope/known', 'PyYAML', 'example.org/known']),
  isAlias: async (_path, name) => name === 'alias',
  isInstalled: async (_path, _index, module) => module === 'installed',
  readImports: (path, text) => readSourceImports(path, text).names,
};

const rows: readonly (readonly [path: string, line: string, unknown: string | undefined])[] = [
  ['a.js', "import x from 'made-up';", 'made-up'],
  ['a.ts', "import type { X } from '@scope/made-up/deep';", '@scope/made-up'],
  ['a.js', "const x = require('made-up/sub');", 'made-up'],
  ['a.mjs', "const x = await import('made-up');", 'made-up'],
  ['a.ts', "export * from 'made-up';", 'made-up'],
  ['a.js', "import x from 'known/deep'; import y from '@scope/known';", undefined],
  ['a.js', "import x from 'installed'; import y from 'alias/x';", undefined],
  [
    'a.js',
    "import './near.js'; import 'node:fs'; import 'fs/promises'; import '#own'; import '~/x'; import 'virtual:x';",
    undefined,
  ],
  ['a.js', "// import x from 'made-up';", undefined],
  ['a.js', 'const text = "import x from \'made-up\';";', undefined],
  ['a.js', "const text = `require('made-up')`;", undefined],
  ['a.py', 'import made_up', 'made_up'],
  ['a.py', 'import os, made_up.deep as m', 'made_up'],
  ['a.py', 'from made_up.deep import x', 'made_up'],
  ['a.py', '    from made_up import (', 'made_up'],
  ['a.py', 'x = importlib.import_module("made_up")', 'made_up'],
  ['a.py', 'import yaml, os.path, own, src.own', undefined],
  ['a.py', 'import pytest, hypothesis.strategies as st', undefined],
  ['a.py', 'from . import made_up', undefined],
  ['a.py', 'import the file by its name and go on', undefined],
  ['a.py', '# import made_up', undefined],
  ['a.go', 'import "example.org/made-up"', 'example.org/made-up'],
  ['a.go', 'import (\n\t"fmt"\n\t"example.org/known/sub"\n)', undefined],
  ['a.rs', 'use made_up::x;', undefined],
  ['a.md', "import x from 'made-up'", undefined],
];

describe('findUnknownModules', () => {
  for (const [path, line, unknown] of rows) {
    it(`${unknown === undefined ? 'knows all' : `does not know ${unknown}`} of ${path}: ${line}`, async () => {
      const found = await findUnknownModules([{ path, after: `\n${line}\n` }], packages);
      assert.deepEqual(
        found.map(({ message }) => /no manifest names (\S+),/u.exec(message)?.[1]),
        unknown === undefined ? [] : [unknown],
      );
      assert.ok(found.every((each) => each.line === 1));
      assert.deepEqual(await findUnknownModules([{ path, before: line, after: `x\n${line}` }], packages), []);
    });
  }

  it('says nothing where no manifest is', async () => {
    const found = await findUnknownModules([{ path: 'a.js', after: "import 'made-up'" }], {
      ...packages,
      declared: async () => undefined,
    });
    assert.deepEqual(found, []);
  });
});
