import assert from 'node:assert/strict';
import type { TestCase, TestStatus } from '../../protocol/tests.ts';
import type { TestFileView } from '../../protocol/viewState.ts';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import { scriptPatterns } from '../../test/scriptPatterns.ts';
import type { TestState } from '../triggers/filters/eventFile.ts';
import { createImportIndex } from '../testing/imports/importIndex.ts';
import { createFiringContext } from './firingContext.ts';

const { signal } = new AbortController();

function resultsOf(path: string, statuses: readonly TestStatus[], folder = '/w'): TestFileView {
  const tests = statuses.map((status, at): TestCase => ({
    id: `${at}`,
    name: `${at}`,
    suites: [],
    path,
    status,
    ms: 1,
  }));
  return { folder, path, runner: 'node-test', phase: 'user', run: 'r', at: 0, tests };
}

interface Case {
  readonly title: string;
  readonly files: readonly string[];
  readonly results: readonly TestFileView[];
  readonly state: TestState | undefined;
  readonly path?: string;
}

const named = ['src/a.js', 'src/a.test.js', 'src/b.test.js'];
const cases: readonly Case[] = [
  { title: 'unknown without a runner', files: ['a.zig'], results: [], state: undefined, path: 'a.zig' },
  { title: 'none without tests', files: ['src/a.js', 'src/b.test.js'], results: [], state: 'none' },
  { title: 'not run without results', files: named, results: [], state: 'notRun' },
  {
    title: 'green when all pass',
    files: named,
    results: [resultsOf('src/a.test.js', ['passed', 'skipped'])],
    state: 'green',
  },
  {
    title: 'red when one fails',
    files: named,
    results: [resultsOf('src/a.test.js', ['passed', 'failed'])],
    state: 'red',
  },
  {
    title: 'red when one breaks',
    files: named,
    results: [resultsOf('src/a.test.js', ['errored'])],
    state: 'red',
  },
  {
    title: 'not run when only others were',
    files: named,
    results: [resultsOf('src/b.test.js', ['failed'])],
    state: 'notRun',
  },
  {
    title: 'not run when it was in another folder',
    files: named,
    results: [resultsOf('src/a.test.js', ['passed'], '/v')],
    state: 'notRun',
  },
  {
    title: 'not run when one of two files was',
    files: [...named, 'tests/a.test.js'],
    results: [resultsOf('src/a.test.js', ['passed'])],
    state: 'notRun',
  },
  {
    title: 'red when one of two files is',
    files: [...named, 'tests/a.test.js'],
    results: [resultsOf('tests/a.test.js', ['failed'])],
    state: 'red',
  },
];

describe('the state of a file’s tests is', () => {
  for (const { title, files, results, state, path = 'src/a.js' } of cases) {
    it(title, async () => {
      const inMemory = createInMemoryFiles(Object.fromEntries(files.map((each) => [each, ''])));
      const context = createFiringContext({
        files: inMemory,
        imports: createImportIndex({ files: inMemory }),
        git: { committed: async () => undefined, state: async () => undefined },
        patterns: scriptPatterns,
        ledger: { testFiles: () => results },
      });
      assert.equal(await context.testState?.('/w', path, signal), state);
    });
  }
});
