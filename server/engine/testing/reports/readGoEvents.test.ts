import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TestRunOutcome } from '../../../protocol/tests.ts';
import {
  recordedPaths,
  recordedReport,
  recordedSources,
  renderTests,
} from '../../../test/recordedReports.ts';
import { readGoEvents } from './readGoEvents.ts';

const sources = recordedSources('go', (path) => path === 'go.mod' || path.endsWith('_test.go'));

const read = (report: string | undefined, exitCode: number): TestRunOutcome =>
  readGoEvents({ report, exitCode, ms: 1, output: report ?? '', paths: recordedPaths, sources, base: '' });

const testsOf = (outcome: TestRunOutcome): readonly string[] => {
  assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
  return renderTests(outcome.tests);
};

const green = [
  'TestAdds passed',
  ...['one_two', 'a/b', 'x[y].*', '#00', 'same', 'same#01', 'ü_<&>'].map(
    (name) => `TestTable::${name}::deep passed`,
  ),
  'TestSkipped skipped',
  'TestPrints passed',
  'FuzzAdd::seed#0 passed',
  'ExampleAdd passed',
].map((test) => `green/green_test.go::${test}`);

const red = [
  'TestWrongSum failed: Add(1, 2) = 3, want 4 @ red/red_test.go:12',
  'TestTable::sum_2 passed',
  'TestTable::sum_3 failed: not the sum @ red/red_test.go:20',
  'TestParent failed: the parent fails @ red/red_test.go:28',
  'TestParent::child passed',
  'TestPasses passed',
  'ExampleAdd failed: got: 2 @ ',
].map((test) => `red/red_test.go::${test}`);

const typeError =
  'broken/broken_test.go:: errored: cannot use "x" (untyped string constant) as int value in return statement @ broken/broken.go:4 < broken/broken_test.go:5';

const reds: readonly (readonly [string, readonly string[]])[] = [
  ['red', red],
  ['broken', [typeError]],
  ['mixed', [...green, ...red, typeError]],
  ['syntax', ["syntax/syntax_test.go:: errored: expected '}', found 'EOF' @ syntax/syntax_test.go:5"]],
  [
    'missing',
    [
      'missing/missing_test.go:: errored: no required module provides package example.com/nowhere; to add it: @ missing/missing_test.go:6',
    ],
  ],
  [
    'exits',
    [
      'exits/exits_test.go::TestPasses passed',
      'exits/exits_test.go::TestExits errored: It did not end: the test binary ended before, for instance by os.Exit or a panic. @ ',
    ],
  ],
];

for (const version of ['1.22.12', '1.26.8']) {
  describe(`What go test of Go ${version} prints`, () => {
    const recorded = (name: string): string => recordedReport(`go-test/${version}/${name}.jsonl`);

    it('names tests with their file, subtests and all', () =>
      assert.deepEqual(testsOf(read(recorded('green'), 0)), green));

    for (const [name, expected] of reds)
      it(`tells red tests and packages, why, and the places: ${name}`, () =>
        assert.deepEqual(testsOf(read(recorded(name), 1)), expected));

    it('tells a panic with the subtest in which it came', () => {
      const tests = testsOf(read(recorded('panics'), 1));
      assert.equal(tests[0], 'panics/panics_test.go::TestPasses passed');
      assert.match(
        tests.at(-1) ?? '',
        /::TestPanics::inside errored: panic: runtime error: integer divide by zero.* @ calc\.go:8 < panics\/panics_test\.go:12$/u,
      );
    });

    it('has lines of tests and compared values', () => {
      const outcome = read(recorded('red'), 1);
      assert.ok(outcome.kind === 'finished');
      assert.deepEqual(
        outcome.tests.map(({ line }) => line),
        [9, 15, 15, 25, 25, 30, 32],
      );
      assert.deepEqual(
        [outcome.tests[0], outcome.tests.at(-1)].map((test) => [
          test?.failure?.actual,
          test?.failure?.expected,
        ]),
        [
          ['3', '4'],
          ['2', '3'],
        ],
      );
    });

    const ends: readonly (readonly [string, number, string])[] = [
      ['green', 1, 'noReport'],
      ['red', 0, 'noReport'],
      ['nothing', 0, 'noTests'],
    ];
    for (const [name, code, kind] of ends)
      it(`is ${kind} for ${name} with exit code ${code}`, () =>
        assert.equal(read(recorded(name), code).kind, kind));

    for (const [name, code] of [
      ['green', 0],
      ['red', 1],
    ] as const)
      it(`is never believed when ${name} is cut at any byte`, () => {
        const report = Buffer.from(recorded(name).trimEnd());
        for (let length = 0; length < report.length; length += length < report.length - 500 ? 11 : 1)
          assert.equal(read(report.toString('utf8', 0, length), code).kind, 'noReport', `${length} bytes`);
      });
  });
}

describe('What no go test printed', () => {
  it('is an outcome, whatever it is', () => {
    const lines = recordedReport('go-test/1.26.8/mixed.jsonl').split('\n');
    const line = fc.oneof(fc.constantFrom(...lines), fc.string(), fc.json());
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom(0, 1, 2), (some, code) => {
        const { kind } = read(some.join('\n'), code);
        assert.ok(['finished', 'noReport', 'noTests'].includes(kind));
      }),
    );
  });

  const cases: readonly (readonly [string, string | undefined, RegExp])[] = [
    ['nothing', undefined, /ended with code 1 before its report was complete\. Look/u],
    ['no module', 'go: cannot find main module, but found .git/config\n', /: go: cannot find main module/u],
    ['a claim of success', 'PASS\nok  \texample.com/calc\t0.1s\n', /before its report was complete/u],
  ];
  for (const [title, report, message] of cases)
    it(`is no report: ${title}`, () => {
      const outcome = read(report, 1);
      assert.ok(outcome.kind === 'noReport');
      assert.match(outcome.message, message);
    });
});
