import assert from 'node:assert/strict';
import type { EventName } from '../engine/rules/rule.ts';
import { createSlice, neverAborted, type Slice } from './sliceWorkspace.ts';

const rule = (on: EventName, globs: string): string =>
  [
    '---',
    `on: ${on}`,
    `globs: ${globs}`,
    'debounce: 1h',
    'actions: [{type: generate_tests}]',
    '---',
    'T.',
    '',
  ].join('\n');

const failing = [
  "import { test } from 'node:test';",
  "import { broken } from '../src/broken.js';",
  "test('fails', () => broken());",
  "test('fails too', () => broken());",
  '',
];

describe('tests that a person ran', function () {
  this.timeout(60_000);
  let slice: Slice;
  afterEach(() => slice.dispose());

  const start = async (interactive: boolean): Promise<void> => {
    slice = await createSlice({
      workspace: 'workspaces/sample',
      interactive,
      files: {
        '.cursor/rules/generate-tests.mdc': rule('test-pass', 'test/**'),
        '.cursor/rules/source.mdc': rule('test-fail', 'src/**'),
        '.cursor/rules/all.mdc': rule('test-fail', '"**"'),
        'src/broken.js': "export function broken() {\n  throw new Error('broken');\n}\n",
        'test/broken.test.js': failing.join('\n'),
      },
      script: [],
    });
  };
  const run = async (...paths: readonly string[]): Promise<void> => {
    const request = { root: slice.root, paths, ids: [], coverage: false };
    await slice.running.engine.runTests(request, neverAborted);
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  const waiting = (): readonly (readonly string[])[] =>
    slice.running.engine.queue().map(({ rule: name, file, event }) => [name, file, event]);

  it('let rules fire once on the red tests and on what their traces name', async () => {
    await start(true);
    await run('test/broken.test.js');
    assert.deepEqual(
      waiting().toSorted((left, right) => String(left).localeCompare(String(right))),
      [
        ['all', 'test/broken.test.js', 'test-fail'],
        ['source', 'src/broken.js', 'test-fail'],
      ],
    );
  });

  it('let rules fire once when they are green', async () => {
    await start(true);
    await run('test/duration.test.js');
    assert.deepEqual(waiting(), [['generate-tests', 'test/duration.test.js', 'test-pass']]);
  });

  it('let nothing fire on the command line', async () => {
    await start(false);
    await run('test/broken.test.js');
    assert.deepEqual(waiting(), []);
  });
});
