import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jest } from './jest.ts';
import { mocha } from './mocha.ts';
import { nodeTest } from './nodeTest.ts';
import { namePattern, newTestPath } from './packageRunner.ts';
import type { CommandRequest } from './runner.ts';
import { vitest } from './vitest.ts';

const request: CommandRequest = {
  program: ['/node', 'node_modules/x/bin.js'],
  files: ['test/a.test.ts'],
  ids: [],
  reports: '/reports',
  coverage: 'none',
};
const all = [vitest, jest, mocha];

describe('The pattern for single tests', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
    ['is the whole name', ['f::adds'], ['adds'], ['subtracts', 'more adds', 'addsmore']],
    ['holds suites', ['f::a::b::c'], ['a b c'], ['b c', 'a b', 'c']],
    ['takes all tests of a suite', ['f::a'], ['a x', 'a b x'], ['ab']],
    ['takes names with what a pattern means', ['f::(a|b)* [x] $1 \\ /y/'], ['(a|b)* [x] $1 \\ /y/'], ['a']],
    ['takes names with colons', ['f::a::b'], ['a::b', 'a b'], ['a:b']],
    ['takes the number off that tells equal names apart', ['f::same#2'], ['same', 'same#2'], ['same#3']],
    ['takes several', ['f::x', 'f::y'], ['x', 'y'], ['z']],
    ['takes the cases of a table', ['f::%i and $n.m'], ['1 and x', '%i and $n.m'], ['1 or x']],
  ];
  for (const [title, ids, matched, others] of cases) {
    it(title, () => {
      const pattern = new RegExp(namePattern(ids));
      for (const name of matched) assert.match(name, pattern);
      for (const name of others) assert.doesNotMatch(name, pattern);
    });
  }

  it('matches its own name, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 3 }), (names) => {
        assert.ok(new RegExp(namePattern([`f::${names.join('::')}`])).test(names.join(' ')), names.join(' '));
      }),
    );
  });
});

describe('The commands of vitest, jest and mocha', () => {
  for (const runner of all) {
    it(`${runner.id} takes hostile names as operands`, () => {
      const files = ['-rf.js', '--config=x.js', '$(touch pwn).js'];
      const { argv } = runner.command({ ...request, files });
      const last = argv.slice(-3);
      if (runner === mocha) assert.deepEqual(last, ['./-rf.js', './--config=x.js', '$(touch pwn).js']);
      else assert.deepEqual(last, files);
      // Jest is told where names begin; vitest gets them from our launcher, as absolute paths.
      if (runner === jest) assert.equal(argv.at(-4), '--');
      if (runner === vitest) assert.ok(argv[1]?.endsWith('/vitestLauncher.mjs'));
    });

    it(`${runner.id} runs the files of the tests that are asked for`, () => {
      const { argv, display } = runner.command({
        ...request,
        files: ['x.js'],
        ids: ['a/b.js::x', 'a/b.js::y'],
      });
      assert.equal(argv.at(-1), 'a/b.js');
      assert.ok(!display.includes('/reports') && !display.includes('/node'), display);
    });

    it(`${runner.id} says what a seed shuffles, and only then`, () => {
      assert.equal(runner.command(request).shuffled, undefined);
      assert.ok((runner.command({ ...request, seed: 1 }).shuffled ?? '') !== '');
    });

    it(`${runner.id} ends with the first red test where that is asked for and tells no lies then`, () => {
      const bails = (failFast: boolean): boolean =>
        runner.command({ ...request, failFast }).argv.some((argument) => argument.startsWith('--bail'));
      // Vitest counts tests that did not run any more as failed.
      assert.deepEqual([bails(false), bails(true)], [false, runner.id !== 'vitest']);
    });

    it(`${runner.id} writes what it measures into the report folder`, () => {
      const { argv, coverageReport } = runner.command({ ...request, coverage: 'perTest' });
      assert.equal(coverageReport, 'lcov.info');
      assert.ok(
        argv.some((argument) =>
          /^--(?:coverage\.reportsD|coverageD|reports-d)ir(?:ectory)?=\/reports$/u.test(argument),
        ),
      );
    });
  }
});

describe('Test files of vitest, jest and mocha by their names', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['src/a.test.ts', ['vitest', 'jest', 'mocha']],
    ['src/a.spec.tsx', ['vitest', 'jest', 'mocha']],
    ['src/__tests__/a.js', ['vitest', 'jest', 'mocha']],
    ['test/a.mjs', ['mocha']],
    ['test/a.d.ts', []],
    ['src/latest.ts', []],
    ['a.test.py', []],
  ];
  for (const [path, expected] of cases)
    it(`${path}: ${expected.join(', ') || 'none'}`, () =>
      assert.deepEqual(
        all.filter((runner) => runner.isTestFile(path)).map(({ id }) => id),
        expected,
      ));

  it('are placed and named as those near them', () => {
    assert.equal(newTestPath('src/a.tsx', undefined), 'test/a.generated.test.tsx');
    assert.equal(newTestPath('src/a.ts', 'src/b.spec.ts'), 'src/a.generated.spec.ts');
    assert.equal(newTestPath('a.mjs', 'b.test.mjs'), 'a.generated.test.mjs');
  });
});

describe('TypeScript under node --test', () => {
  it('is its own where a test or a script names it', () => {
    const facts = {
      path: 'src/a.ts',
      folder: '',
      names: [],
      dependencies: new Set<string>(),
      config: () => undefined,
    };
    const detect = (imports: readonly string[], scripts: readonly string[]): string | undefined =>
      nodeTest.detect({ ...facts, imports: new Set(imports), scripts })?.certainty;
    assert.equal(detect(['node:test'], []), 'sure');
    assert.equal(detect([], ['node --test']), 'scripted');
    assert.equal(detect([], []), undefined);
    assert.ok(nodeTest.isTestFile('test/a.ts') && !nodeTest.isTestFile('test/a.d.ts'));
  });

  it('says which Node is needed where this one does not take types off', () => {
    const message = 'TypeError [ERR_UNKNOWN_FILE_EXTENSION]: Unknown file extension ".ts" for /ws/a.test.ts';
    const events = [
      { type: 'test:stderr', file: '/ws/a.test.ts', message },
      {
        type: 'test:fail',
        name: '/ws/a.test.ts',
        nesting: 0,
        file: '/ws/a.test.ts',
        error: { message: 'failed', stack: '' },
      },
      { type: 'end' },
    ];
    const report = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    const paths = (path: string): string => path.replace('/ws/', '');
    const outcome = nodeTest.read({ report, exitCode: 1, ms: 1, output: '', paths });
    assert.equal(outcome.kind, 'runnerMissing');
    assert.match('message' in outcome ? outcome.message : '', /Node 22\.18 or 23\.6 or newer/u);
  });
});
