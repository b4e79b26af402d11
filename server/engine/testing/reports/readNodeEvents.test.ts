import assert from 'node:assert/strict';
import type { TestRunOutcome } from '../../../protocol/tests.ts';
import { recordedPaths, recordedReport, renderTests } from '../../../test/recordedReports.ts';
import { readNodeCoverage, readNodeEvents } from './readNodeEvents.ts';

const read = (report: string | undefined, exitCode: number): TestRunOutcome =>
  readNodeEvents({ report, exitCode, ms: 1, output: 'what it printed', paths: recordedPaths });

const testsOf = (outcome: TestRunOutcome): readonly string[] => {
  assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
  return renderTests(outcome.tests);
};

for (const version of ['20.20.2', '24.21.0']) {
  describe(`The report of node --test of Node ${version}`, () => {
    const recorded = (name: string): string => recordedReport(`node-test/${version}/${name}.jsonl`);

    it('names tests with file and suites, and gives those of one name ids of their own', () => {
      const place = 'test/green.test.js';
      assert.deepEqual(testsOf(read(recorded('green'), 0)), [
        `${place}::adds passed`,
        ...['a::b', 'ü <&> "\'', '\u001B[31m', 'line\nbreak', 'same', 'same#2'].map(
          (name) => `${place}::outer::inner::${name} passed`,
        ),
        `${place}::outer::skipped skipped`,
        `${place}::outer::todo skipped`,
        `${place}::fails, but is still to be done skipped`,
        `${place}::with subtests::child passed`,
        `${place}::with subtests passed`,
        `${place}::prints passed`,
      ]);
    });

    it('tells red tests, parents included, with the place of the failure first', () => {
      const place = 'test/red.test.js';
      const red = testsOf(read(recorded('red'), 1));
      assert.deepEqual(red.slice(0, 5), [
        `${place}::wrong sum failed: Expected values to be strictly equal: 3 !== 4 @ ${place}:6`,
        `${place}::throws in the code failed: thrown in the code @ src/calc.js:4 < ${place}:10`,
        `${place}::fails itself after its subtests::child passed`,
        `${place}::fails itself after its subtests failed: the parent fails @ ${place}:15`,
        `${place}::group::has a broken hook failed: the hook is broken @ ${place}:20`,
      ]);
      assert.match(red[5] ?? '', /::takes too long failed: /u);
      assert.match(red[6] ?? '', /::throws no error failed: /u);
    });

    it('has lines of tests and compared values', () => {
      const outcome = read(recorded('red'), 1);
      assert.ok(outcome.kind === 'finished');
      assert.equal(outcome.tests[0]?.line, 4);
      assert.deepEqual([outcome.tests[0]?.failure?.actual, outcome.tests[0]?.failure?.expected], ['3', '4']);
    });

    it('tells files that could not be loaded, and why', () => {
      assert.deepEqual(testsOf(read(recorded('broken'), 1)), [
        "test/broken-import.test.js:: errored: Error: Cannot find module './no-such-file.js' @ test/broken-import.test.js:1",
        "test/broken-syntax.test.js:: errored: SyntaxError: Unexpected token ';' @ test/broken-syntax.test.js:1",
      ]);
    });

    it('keeps the tests of several files apart', () => {
      const mixed = testsOf(read(recorded('mixed'), 1));
      const files = new Set(mixed.map((test) => test.split('::')[0]));
      assert.deepEqual(
        files,
        new Set(['test/green.test.js', 'test/red.test.js', 'test/broken-import.test.js']),
      );
      assert.equal(mixed.length, 13 + 7 + 1);
    });

    const ends: readonly (readonly [string, number, string])[] = [
      ['green', 0, 'finished'],
      ['green', 1, 'noReport'],
      ['red', 1, 'finished'],
      ['red', 0, 'noReport'],
      ['nothing', 0, 'noTests'],
    ];
    for (const [name, code, kind] of ends) {
      it(`is ${kind} for ${name} with exit code ${code}`, () =>
        assert.equal(read(recorded(name), code).kind, kind));
    }

    it('is never believed when it is cut at any byte', () => {
      for (const name of ['green', 'red']) {
        const report = Buffer.from(recorded(name).trimEnd());
        for (let length = 0; length < report.length; length += 1) {
          assert.equal(
            read(report.toString('utf8', 0, length), name === 'green' ? 0 : 1).kind,
            'noReport',
            `${name}, ${length} bytes`,
          );
        }
      }
    });

    it('covers lines', () => {
      const coverage = readNodeCoverage(recorded('green'), recordedPaths);
      assert.deepEqual(
        coverage.find((file) => file.path === 'src/calc.js'),
        { path: 'src/calc.js', lines: 5, coveredLines: 4, covered: [0, 1, 2, 4], missed: [3] },
      );
    });
  });
}

describe('A garbled report of node --test', () => {
  const end = '{"type":"end"}\n';
  for (const [title, report] of [
    ['missing', undefined],
    ['empty', ''],
    ['text', 'all passed\n'],
    ['garbled in the middle', `{"type":"test:pass","name":"a"}\n%%%\n${end}`],
    ['a list of numbers', `1\n2\n${end}`],
    ['null', `null\n${end}`],
  ] as const) {
    it(`is not believed when it is ${title}`, () => assert.equal(read(report, 0).kind, 'noReport'));
  }

  it('does not throw for events of odd shape', () => {
    const odd = [
      {},
      { type: 'test:fail' },
      { type: 'test:pass', name: 5, nesting: 'x', file: 7 },
      { type: 'test:fail', error: 'text' },
      { type: 'test:start', nesting: -1 },
      { type: 'test:stderr', message: 3 },
    ];
    for (const event of odd)
      assert.ok(
        ['noReport', 'finished', 'noTests'].includes(read(`${JSON.stringify(event)}\n${end}`, 1).kind),
        JSON.stringify(event),
      );
  });
});
