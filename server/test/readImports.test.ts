import assert from 'node:assert/strict';
import { readImports } from './readImports.ts';

const cases: readonly {
  readonly title: string;
  readonly source: string;
  readonly expected: readonly string[];
}[] = [
  { title: 'a named import', source: `import { a, b as c } from './a.ts';`, expected: ['1 ./a.ts'] },
  { title: 'a default and a star import', source: `import a, * as b from "b";`, expected: ['1 b'] },
  { title: 'a type import', source: `import type { A } from './a.ts';`, expected: ['1 ./a.ts'] },
  { title: 'an import for its effect', source: `import 'node:fs';`, expected: ['1 node:fs'] },
  {
    title: 'a re-export',
    source: `export * from './a.ts';\nexport { b } from './b.ts';`,
    expected: ['1 ./a.ts', '2 ./b.ts'],
  },
  { title: 'a dynamic import', source: `const a = await import('./a.ts');`, expected: ['1 ./a.ts'] },
  { title: 'an import type', source: `let a: typeof import('fs');`, expected: ['1 fs'] },
  { title: 'a require', source: `const a = require('fs');`, expected: ['1 fs'] },
  {
    title: 'an import over several lines',
    source: `import {\n  a,\n  b,\n} from './a.ts';`,
    expected: ['4 ./a.ts'],
  },
  {
    title: 'an import after a line with a regular expression',
    source: `const a = /['"\`/]/;\nimport 'b';`,
    expected: ['2 b'],
  },
  {
    title: 'an import inside a template expression',
    source: '`${await import("./a.ts")}`',
    expected: ['1 ./a.ts'],
  },
  {
    title: 'an import after a nested template',
    source: '`${[`${{ a: 1 }.a}`]}`;\nimport "b";',
    expected: ['2 b'],
  },
  { title: 'nothing in a comment', source: `// import 'a';\n/* import 'b'; */`, expected: [] },
  {
    title: 'nothing in a text',
    source: `const a = "import 'b'"; const c = \`import 'd'; \${1}\nimport 'e'\`;`,
    expected: [],
  },
  {
    title: 'nothing in a member or a key',
    source: `a.import('b'); const c = { import: 'd', require: 'e' };`,
    expected: [],
  },
  {
    title: 'nothing in an export without a source',
    source: `export const from = 'a';\nexport { from };`,
    expected: [],
  },
  {
    title: 'an import after a division',
    source: `const a = b / 2; const c = (1) / 2;\nimport 'd';`,
    expected: ['2 d'],
  },
];

describe('readImports', () => {
  for (const { title, source, expected } of cases) {
    it(`finds ${title}`, () => {
      assert.deepEqual(
        readImports(source).map(({ line, specifier }) => `${line} ${specifier}`),
        expected,
      );
    });
  }
});
