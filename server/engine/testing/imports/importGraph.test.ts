import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createImportGraph, type ImportGraph } from './importGraph.ts';

type Tree = Readonly<Record<string, string>>;

function graphOf(files: Tree): ImportGraph {
  const graph = createImportGraph();
  for (const [path, text] of Object.entries(files)) graph.set(path, text);
  return graph;
}

const cases: readonly (readonly [title: string, files: Tree, of: string, targets: readonly string[]])[] = [
  [
    'a file with and without its ending',
    { 'a.js': "import './b'; require('./c.js')", 'b.ts': '', 'c.js': '' },
    'a.js',
    ['b.ts', 'c.js'],
  ],
  [
    'a TypeScript source by its compiled name',
    { 'a.ts': "import { b } from './b.js'", 'b.ts': '' },
    'a.ts',
    ['b.ts'],
  ],
  ["a folder's index", { 'a.js': "await import('./lib')", 'lib/index.ts': '' }, 'a.js', ['lib/index.ts']],
  ['the folder above', { 'test/a.js': "require('..')", 'index.js': '' }, 'test/a.js', ['index.js']],
  [
    'what it passes on',
    { 'a.ts': "export * from './b'; export { c } from './c'", 'b.ts': '', 'c.ts': '' },
    'a.ts',
    ['b.ts', 'c.ts'],
  ],
  ['types alone', { 'a.ts': "import type { B } from './b.ts'", 'b.ts': '' }, 'a.ts', ['b.ts']],
  ['data', { 'a.ts': "import d from './d.json'", 'd.json': '{}' }, 'a.ts', ['d.json']],
  [
    'what it puts a mock in the place of',
    { 'a.test.ts': "vi.mock('./b')", 'b.ts': '' },
    'a.test.ts',
    ['b.ts'],
  ],
  [
    'no package of a registry',
    { 'a.js': "import 'lib'; import fs from 'node:fs'", 'lib/index.js': '' },
    'a.js',
    [],
  ],
  ['nothing outside of the folder', { 'a.js': "require('../../b')", 'b.js': '' }, 'a.js', []],
  [
    'aliases of the compiler',
    {
      'web/a.ts': "import '@app/x/y'",
      'web/src/x/y.ts': '',
      'web/tsconfig.json': '{"compilerOptions":{"paths":{"@app/*":["./src/*",],},}, /* c */}',
    },
    'web/a.ts',
    ['web/src/x/y.ts'],
  ],
  [
    'a package of the same workspace by its sources',
    {
      'packages/a/a.ts': "import '@acme/b'; import '@acme/b/deep'",
      'packages/b/package.json': '{"name":"@acme/b","main":"dist/index.js"}',
      'packages/b/src/index.ts': '',
      'packages/b/src/deep.ts': '',
    },
    'packages/a/a.ts',
    ['packages/b/src/index.ts', 'packages/b/src/deep.ts'],
  ],
  [
    'a Python module, and the packages around it',
    {
      'tests/test_a.py': 'from pkg.sub import mod, name\nimport os',
      'pkg/__init__.py': '',
      'pkg/sub/__init__.py': '',
      'pkg/sub/mod.py': '',
    },
    'tests/test_a.py',
    ['pkg/__init__.py', 'pkg/sub/__init__.py', 'pkg/sub/mod.py'],
  ],
  [
    'a Python module below src',
    { 'tests/test_a.py': 'import deep.mod as m', 'src/deep/mod.py': '' },
    'tests/test_a.py',
    ['src/deep/mod.py'],
  ],
  [
    'a relative Python module',
    {
      'pkg/a.py': 'from . import b\nfrom ..top import (\n  x,  # one\n  y,\n)',
      'pkg/b.py': '',
      'top.py': '',
      'top/y.py': '',
    },
    'pkg/a.py',
    ['pkg/b.py', 'top.py', 'top/y.py'],
  ],
  [
    'a helper beside a Python test',
    { 'tests/unit/test_a.py': 'import helper', 'tests/unit/helper.py': '' },
    'tests/unit/test_a.py',
    ['tests/unit/helper.py'],
  ],
  [
    'conftest.py of all folders above',
    { 'tests/unit/test_a.py': '', 'conftest.py': '', 'tests/conftest.py': '' },
    'tests/unit/test_a.py',
    ['tests/conftest.py', 'conftest.py'],
  ],
  [
    'Go packages of the module, and what lies beside',
    {
      'go.mod': 'module example.com/m\n',
      'a/a.go': 'package a\nimport (\n  x "example.com/m/b"\n "fmt"\n)',
      'a/more.go': 'package a',
      'a/a_test.go': 'package a',
      'b/b.go': 'package b',
      'b/b_test.go': '',
    },
    'a/a.go',
    ['a/more.go', 'b/b.go'],
  ],
  [
    'the package of a Go test',
    { 'go.mod': 'module m', 'a/a.go': '', 'a/a_test.go': '', 'a/b_test.go': '' },
    'a/a_test.go',
    ['a/a.go'],
  ],
  [
    'modules of Rust',
    { 'src/lib.rs': 'pub mod a;\nmod b;', 'src/a.rs': '', 'src/b/mod.rs': '' },
    'src/lib.rs',
    ['src/a.rs', 'src/b/mod.rs'],
  ],
  [
    'Rust paths from the root, from above, and of a crate of the workspace',
    {
      'x/Cargo.toml': '[package]\nname = "the-x"',
      'x/src/lib.rs': '',
      'x/src/a.rs': '',
      'y/Cargo.toml': '[package]\nname = "y"',
      'y/tests/t.rs': 'use the_x::a::{f, g};\nuse std::fmt;',
    },
    'y/tests/t.rs',
    ['x/src/a.rs', 'x/src/lib.rs'],
  ],
];

describe('the import graph', () => {
  for (const [title, files, of, targets] of cases)
    it(`finds ${title}`, () => assert.deepEqual(graphOf(files).importsOf(of).toSorted(), targets.toSorted()));

  it('tells who depends on a file, how far away and through what', () => {
    const graph = graphOf({
      'src/a.ts': '',
      'src/b.ts': "export * from './a'",
      'src/c.ts': "import './b'",
      'test/a.test.ts': "import '../src/a'",
      'test/c.test.ts': "import '../src/c'",
      'test/other.test.ts': '',
    });
    const told = [...graph.dependents(['src/a.ts'])].map(([path, { next, distance }]) => [
      path,
      next,
      distance,
    ]);
    assert.deepEqual(
      told.toSorted(([a], [b]) => String(a).localeCompare(String(b))),
      [
        ['src/b.ts', 'src/a.ts', 1],
        ['src/c.ts', 'src/b.ts', 2],
        ['test/a.test.ts', 'src/a.ts', 1],
        ['test/c.test.ts', 'src/c.ts', 3],
      ],
    );
  });

  it('ends where files import one another in a circle', () => {
    const graph = graphOf({ 'a.js': "import './b'", 'b.js': "import './a'" });
    assert.deepEqual([...graph.dependents(['a.js']).keys()], ['b.js']);
  });

  const open: readonly (readonly [string, string, readonly string[]])[] = [
    ['t.js', 'import(name)', ['src/x.js', 'src/locales/de.js']],
    ['t.js', 'import(`./locales/${name}.js`)', ['src/locales/de.js']],
    ['t.js', "require('./locales/' + name)", ['src/locales/de.js']],
    ['t.js', 'import(`./locales/de.js`)', ['src/locales/de.js']],
    ['t.py', 'importlib.import_module(f"pkg.plugins.{name}")', ['pkg/plugins/one.py']],
    ['t.py', '__import__(name)', ['pkg/plugins/one.py', 'pkg/other.py']],
  ];
  for (const [name, text, targets] of open)
    it(`counts what ${text} may load`, () => {
      const path = `src/${name}`;
      const files = ['src/x.js', 'src/locales/de.js', 'pkg/plugins/one.py', 'pkg/other.py'];
      const graph = graphOf({ ...Object.fromEntries(files.map((file) => [file, ''])), [path]: text });
      assert.deepEqual(
        files.filter((file) => graph.dependents([file]).has(path)),
        targets,
      );
    });

  const names = [
    'a.js',
    'b.ts',
    'lib/index.js',
    'lib/c.js',
    'index.js',
    'p/__init__.py',
    'p/m.py',
    'p/test_m.py',
    'conftest.py',
    'src/p/m.py',
  ];
  const texts = [
    "import './b'",
    "require('..')",
    "import 'own'; import './lib/c'",
    "import x from '.'",
    'from . import m',
    'import p.m',
    'from p import m, n',
    'import(x)',
    '',
  ];
  const more = [
    'go.mod',
    'g/a.go',
    'g/a_test.go',
    'h/b.go',
    'package.json',
    'tsconfig.json',
    'src/lib.rs',
    'src/m.rs',
    'tests/t.rs',
    'Cargo.toml',
  ];
  const moreTexts = [
    'module m',
    'import "m/h"',
    '{"name":"own","main":"./lib/c.js"}',
    '{"compilerOptions":{"paths":{"own":["./a"]}}}',
    'mod m;\nuse crate::m::x;',
    '[package]\nname = "own"\n',
    'use own::m::y;',
  ];
  const steps = fc.array(
    fc.oneof(
      fc.record({
        path: fc.constantFrom(...names, ...more),
        text: fc.constantFrom(...texts, ...moreTexts),
        ask: fc.boolean(),
      }),
      fc.record({
        path: fc.constantFrom(...names, ...more),
        text: fc.constant(undefined),
        ask: fc.boolean(),
      }),
    ),
    { maxLength: 30 },
  );

  it('is after any changes what it would be if it had been made anew', () =>
    fc.assert(
      fc.property(steps, (taken) => {
        const graph = createImportGraph();
        const files = new Map<string, string>();
        for (const { path, text, ask } of taken) {
          if (text === undefined) {
            graph.remove(path);
            files.delete(path);
          } else {
            graph.set(path, text);
            files.set(path, text);
          }
          if (ask) graph.dependents(['a.js']);
        }
        const anew = graphOf(Object.fromEntries(files));
        for (const path of [...names, ...more]) {
          assert.deepEqual(graph.importsOf(path).toSorted(), anew.importsOf(path).toSorted(), path);
          assert.deepEqual(
            [...graph.dependents([path]).keys()].toSorted(),
            [...anew.dependents([path]).keys()].toSorted(),
          );
        }
      }),
      { numRuns: 400 },
    ));

  it('takes any text', () =>
    fc.assert(
      fc.property(fc.constantFrom(...names, ...more), fc.string({ unit: 'binary' }), (path, text) => {
        const graph = graphOf({ [path]: text, 'z.js': text, 'z.py': text, 'z.rs': text, 'z.go': text });
        graph.dependents([path]);
      }),
    ));
});
