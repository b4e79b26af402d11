import assert from 'node:assert/strict';
import { renderStub } from './unusedResources.ts';

const cases: readonly {
  readonly title: string;
  readonly source: string;
  readonly expected: readonly string[];
}[] = [
  {
    title: 'empties a class',
    source: `export class Files extends APIResource {\n  list() {}\n}\n`,
    expected: [`export {  } from './a.mjs?whole';`, 'export class Files {}'],
  },
  {
    title: 'empties a class that is made by a function',
    source: `export var Work = /* @__PURE__ */ (() => {\n  return class extends APIResource {};\n})();\n`,
    expected: [`export {  } from './a.mjs?whole';`, 'export class Work {}'],
  },
  {
    title: 'keeps errors, constants and functions',
    source: `export class NotFoundError extends APIError {}
export var GoneError = /* @__PURE__ */ (() => class extends APIError {})();
export const keys = ['a'];
export function isDone() {}
export async function* poll() {}
`,
    expected: [`export { NotFoundError, keys, isDone, poll, GoneError } from './a.mjs?whole';`],
  },
  {
    title: 'keeps what is exported by name',
    source: `class A {}\nexport { A };\nexport { Poller, Runner as Worker } from '../lib/poller.mjs';\n`,
    expected: [`export { A, Poller, Worker } from './a.mjs?whole';`],
  },
];

describe('renderStub', () => {
  for (const { title, source, expected } of cases) {
    it(title, () => {
      const sorted = (line: string) => line.split(/[ ,]+/).toSorted().join(' ');
      const actual = renderStub(source, './a.mjs?whole').split('\n');
      assert.deepEqual(actual.map(sorted), expected.map(sorted));
    });
  }
});
