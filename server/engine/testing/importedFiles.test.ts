import assert from 'node:assert/strict';
import { importedFiles } from './importedFiles.ts';

const files = new Set([
  'index.js',
  'src/a.js',
  'src/b.ts',
  'lib/index.js',
  'pkg/__init__.py',
  'pkg/sub.py',
  'src/deep/mod.py',
  'test/helper.js',
]);

const cases: readonly {
  readonly title: string;
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}[] = [
  {
    title: 'the folder above, as small packages do',
    path: 'test/test.js',
    text: "const f = require('..')",
    imports: ['index.js'],
  },
  {
    title: 'a file with and without its ending',
    path: 'test/a.test.js',
    text: "import a from '../src/a'\nimport h from './helper.js'",
    imports: ['src/a.js', 'test/helper.js'],
  },
  {
    title: 'a TypeScript source by its compiled name',
    path: 'test/b.test.ts',
    text: "import { b } from '../src/b.js'",
    imports: ['src/b.ts'],
  },
  { title: "a folder's index", path: 'test/x.js', text: "await import('../lib')", imports: ['lib/index.js'] },
  { title: 'no package from a registry', path: 'test/x.js', text: "import x from 'lib'", imports: [] },
  { title: 'nothing above the workspace', path: 'test/x.js', text: "require('../../index.js')", imports: [] },
  { title: 'a Python package', path: 'test_pkg.py', text: 'import os, pkg\n', imports: ['pkg/__init__.py'] },
  {
    title: 'a name that is a module of a Python package',
    path: 'tests/test_sub.py',
    text: 'from pkg import (sub, other)\n',
    imports: ['pkg/__init__.py', 'pkg/sub.py'],
  },
  {
    title: 'a Python module below src',
    path: 'tests/test_mod.py',
    text: 'from deep.mod import f\n',
    imports: ['src/deep/mod.py'],
  },
  {
    title: 'a relative Python module',
    path: 'pkg/test_sub.py',
    text: 'from .sub import f\nfrom . import sub\n',
    imports: ['pkg/sub.py', 'pkg/__init__.py'],
  },
];

describe('the files that a source imports', () => {
  for (const { title, path, text, imports } of cases) {
    it(`finds ${title}`, () => assert.deepEqual(importedFiles(path, text, files), imports));
  }
});
