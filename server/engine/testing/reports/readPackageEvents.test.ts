import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TestRunOutcome } from '../../../protocol/tests.ts';
import { recordedPaths, recordedReport, renderTests } from '../../../test/recordedReports.ts';
import { readLcov } from '../coverage/readLcov.ts';
import { jest } from '../runners/jest.ts';
import { mocha } from '../runners/mocha.ts';
import type { Runner } from '../runners/runner.ts';
import { vitest } from '../runners/vitest.ts';

interface Recorded {
  readonly runner: Runner;
  readonly versions: readonly string[];
  /** Of a test file. */
  readonly extension: string;
  /** Of the sources. */
  readonly calc: string;
}

const recordings: readonly Recorded[] = [
  { runner: vitest, versions: ['2.1.9', '3.2.7', '4.1.12', '5.1.1'], extension: 'ts', calc: 'src/calc.ts' },
  { runner: jest, versions: ['29.7.0', '30.5.2'], extension: 'js', calc: 'src/calc.js' },
  { runner: mocha, versions: ['10.8.2', '11.8.0', '12.0.3'], extension: 'js', calc: 'src/calc.js' },
];

const read = (
  runner: Runner,
  report: string | undefined,
  exitCode: number,
  output = 'what it printed',
): TestRunOutcome => runner.read({ report, exitCode, ms: 1, output, paths: recordedPaths });

const testsOf = (outcome: TestRunOutcome): readonly string[] => {
  assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
  return renderTests(outcome.tests);
};

/** What the three say differently about the same tests. */
const red: Readonly<Record<string, readonly string[]>> = {
  vitest: [
    'wrong sum failed: expected 3 to be 4 // Object.is equality @ PLACE:5',
    'throws in the code failed: RangeError: divided by zero @ src/calc.ts:11 < PLACE:11',
    'broken before each::never runs failed: before each is broken @ PLACE:16',
    'broken before all:: errored: before all is broken @ PLACE:23',
    'broken before all::never starts skipped',
    'broken after all:: errored: after all is broken @ PLACE:30',
    'broken after all::ran passed',
    'throws no error failed: a text @ ',
    'passes at last flaky: expected 1 to be 2 // Object.is equality @ PLACE:44',
  ],
  jest: [
    'wrong sum failed: expect(received).toBe(expected) // Object.is equality: expected 4, received 3 @ PLACE:4',
    'throws in the code failed: RangeError: divided by zero @ src/calc.js:4 < PLACE:10',
    'broken before each::never runs failed: before each is broken @ PLACE:15',
    'broken before all::never starts failed: before all is broken @ PLACE:22',
    'broken after all::ran passed',
    'throws no error failed: thrown: "a text" @ PLACE:36',
    'retried::passes at last flaky: It failed at first and passed when the runner ran it again. @ ',
    ': errored: after all is broken @ PLACE:29',
  ],
  mocha: [
    'wrong sum failed: Expected values to be strictly equal: 3 !== 4 @ PLACE:5',
    'throws in the code failed: RangeError: divided by zero @ src/calc.js:4 < PLACE:11',
    'broken before each::"before each" hook for "never runs" errored: before each is broken @ PLACE:16',
    'broken before all::"before all" hook for "never starts" errored: before all is broken @ PLACE:23',
    'broken after all::ran passed',
    'broken after all::"after all" hook for "ran" errored: after all is broken @ PLACE:30',
    'throws no error failed: the string "a text" was thrown, throw an Error :) @ ',
    'passes at last flaky: Expected values to be strictly equal: 1 !== 2 @ PLACE:44',
  ],
};

for (const { runner, versions, extension, calc } of recordings) {
  for (const version of versions) {
    describe(`The report of ${runner.id} ${version}`, () => {
      const recorded = (name: string): string => recordedReport(`${runner.id}/${version}/${name}.jsonl`);
      const file = (name: string): string => `test/${name}.test.${extension}`;

      it('names tests with file and suites, and gives those of one name ids of their own', () => {
        const place = file('green');
        const tests = testsOf(read(runner, recorded('green'), 0));
        const names = [
          'a::b',
          'ü <&> "\'',
          '\u001B[31m',
          'line\nbreak',
          'same',
          'same#2',
          '(a|b)* [x] $1 \\',
        ];
        for (const expected of [
          `${place}::adds passed`,
          ...names.map((name) => `${place}::outer::inner::${name} passed`),
          `${place}::outer::skipped skipped`,
          `${place}::outer::todo skipped`,
          ...['group 1', 'group 2'].flatMap((group) =>
            ['1 and 2', '3 and 4'].map((name) => `${place}::${group}::${name} passed`),
          ),
          `${place}::prints passed`,
        ])
          assert.ok(tests.includes(expected), `${expected}\n\n${tests.join('\n')}`);
        assert.equal(tests.length, 16);
      });

      it('has the line of each test', () => {
        const outcome = read(runner, recorded('green'), 0);
        assert.ok(outcome.kind === 'finished');
        for (const test of outcome.tests) assert.ok((test.line ?? -1) > 1, test.id);
      });

      it('tells red and flaky tests and broken hooks, with the place of the failure first', () => {
        const place = file('red');
        const tests = testsOf(read(runner, recorded('red'), 1));
        for (const expected of red[runner.id] ?? []) {
          const line = `${place}::${expected.replace(/^: /u, ' ').replaceAll('PLACE', place)}`;
          assert.ok(tests.includes(line), `${line}\n\n${tests.join('\n')}`);
        }
        assert.ok(tests.some((test) => test.includes('::takes too long failed: ')));
      });

      it('has compared values', () => {
        const outcome = read(runner, recorded('red'), 1);
        assert.ok(outcome.kind === 'finished');
        const failureOf = (name: string): unknown =>
          outcome.tests.find((test) => test.name === name)?.failure;
        const sum = failureOf('wrong sum');
        assert.ok(sum !== null && typeof sum === 'object' && 'actual' in sum && 'expected' in sum);
        assert.deepEqual([sum.actual, sum.expected], ['3', '4']);
        assert.match(JSON.stringify(failureOf('wrong object')), /"expected":.*3.*"actual":.*2/u);
      });

      it('tells files that could not be loaded, with their place', () => {
        const [first = '', second = first] = [...testsOf(read(runner, recorded('broken'), 1))].sort();
        assert.match(first, /broken-import\.test\.[jt]s:: errored: .*no-such-file/u);
        assert.ok(!first.includes('/workspace'), first);
        if (runner !== mocha)
          assert.match(
            second,
            /broken-syntax\.test\.[jt]s:: errored: .* @ test\/broken-syntax\.test\.[jt]s:\d$/u,
          );
      });

      it('tells a run that a test has ended', () => {
        const outcome = read(runner, recorded('exits'), runner === vitest ? 1 : 0);
        if (runner === vitest)
          assert.match(testsOf(outcome).join('\n'), /::exits failed: process\.exit unexpectedly called/u);
        else assert.equal(outcome.kind, 'noReport');
      });

      const ends: readonly (readonly [string, number, string])[] = [
        ['green', 0, 'finished'],
        ['green', 1, 'noReport'],
        ['red', 1, 'finished'],
        ['red', 0, 'noReport'],
        ['mixed', 1, 'finished'],
        ['mixed', 0, 'noReport'],
      ];
      for (const [name, code, kind] of ends) {
        it(`is ${kind} for ${name} with exit code ${code}`, () =>
          assert.equal(read(runner, recorded(name), code).kind, kind));
      }

      it('is never believed when it is cut at any byte', () => {
        const report = Buffer.from(recorded('green').trimEnd());
        for (let length = 0; length < report.length; length += 1)
          assert.equal(
            read(runner, report.toString('utf8', 0, length), 0).kind,
            'noReport',
            `${length} bytes`,
          );
      });

      it('covers lines', () => {
        const coverage = readLcov(recordedReport(`${runner.id}/${version}/green.lcov`), recordedPaths);
        const source = coverage.find((entry) => entry.path === calc);
        assert.ok(source && source.coveredLines > 0 && source.missed.length > 0, JSON.stringify(coverage));
      });
    });
  }
}

describe('vitest, jest or mocha that could not report', () => {
  const cases: readonly (readonly [string, Runner, number, string, string, RegExp])[] = [
    [
      'vitest has no provider of coverage',
      vitest,
      1,
      "MISSING DEPENDENCY  Cannot find dependency '@vitest/coverage-v8'",
      'runnerMissing',
      /npm install --save-dev @vitest\/coverage-v8/u,
    ],
    [
      'vitest found no file',
      vitest,
      0,
      '\nNo test files found, exiting with code 0\n',
      'noTests',
      /no test/u,
    ],
    ['mocha found no file', mocha, 1, 'Error: No test files found: "x.js"', 'noTests', /no test/u],
    [
      'there is no c8',
      mocha,
      1,
      'Codegen Lab found no c8 beside mocha.',
      'runnerMissing',
      /npm install --save-dev c8/u,
    ],
    [
      'jest printed that all is well',
      jest,
      0,
      'No test files found\nTests: 3 passed',
      'noReport',
      /Look at its output/u,
    ],
  ];
  for (const [title, runner, code, output, kind, message] of cases) {
    it(`is ${kind} when ${title}`, () => {
      const outcome = read(runner, undefined, code, output);
      assert.equal(outcome.kind, kind);
      assert.match('message' in outcome ? outcome.message : '', message);
    });
  }

  it('says where a run that was cut short had come to', () => {
    const outcome = read(mocha, '{"type":"start","file":"/workspace/test/a.js","name":"exits"}\n', 0);
    assert.match('message' in outcome ? outcome.message : '', /it had begun "exits" in test\/a\.js/u);
  });
});

describe('A damaged report of vitest, jest or mocha', () => {
  const damaged = recordings.flatMap(({ runner, versions }) =>
    versions.flatMap((version) =>
      ['green', 'red', 'mixed', 'broken'].map((name) => ({
        runner,
        text: recordedReport(`${runner.id}/${version}/${name}.jsonl`),
      })),
    ),
  );

  it('never throws, and is never green while it holds a red test, whatever is put into it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...damaged),
        fc.record({
          from: fc.double({ min: 0, max: 1, noNaN: true }),
          garbage: fc.oneof(
            fc.string(),
            fc.constantFrom(
              '\n',
              '{}',
              '{"type":"end"}\n',
              '\u0000',
              '\uD800',
              'null\n',
              '{"type":"test"}\n',
            ),
          ),
          removed: fc.nat(40),
        }),
        fc.constantFrom(0, 1),
        ({ runner, text }, { from, garbage, removed }, code) => {
          const at = Math.floor(from * text.length);
          const to = at + removed;
          const outcome = read(runner, text.slice(0, at) + garbage + text.slice(to), code);
          if (outcome.kind !== 'finished') return;
          const isRed = outcome.tests.some(({ status }) => status === 'failed' || status === 'errored');
          assert.equal(isRed, code !== 0);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is not believed when a line is missing', () => {
    for (const { runner, text } of damaged) {
      const lines = text.trimEnd().split('\n');
      for (let at = 0; at < lines.length; at += 1)
        for (const code of [0, 1])
          assert.equal(read(runner, `${lines.toSpliced(at, 1).join('\n')}\n`, code).kind, 'noReport');
    }
  });

  it('does not throw for events of any shape', () => {
    const event = fc.record(
      {
        type: fc.constantFrom('test', 'suite', 'file', 'error', 'start', 'end', 'odd'),
        file: fc.oneof(fc.string(), fc.integer()),
        suites: fc.oneof(fc.array(fc.string()), fc.string(), fc.constant(null)),
        name: fc.oneof(fc.string(), fc.constant(null)),
        line: fc.oneof(fc.integer(), fc.double(), fc.string()),
        status: fc.constantFrom('passed', 'failed', 'odd', '__proto__', 'constructor'),
        errors: fc.oneof(
          fc.array(fc.record({ message: fc.string(), stack: fc.string() }, { requiredKeys: [] })),
          fc.string(),
        ),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(fc.array(event), fc.constantFrom(0, 1), (events, code) => {
        const report = [...events, { type: 'end', lines: events.length + 1 }]
          .map((entry) => `${JSON.stringify(entry)}\n`)
          .join('');
        const outcome = read(vitest, report, code);
        if (outcome.kind !== 'finished') return;
        for (const test of outcome.tests)
          assert.ok(['passed', 'failed', 'errored', 'skipped', 'flaky'].includes(test.status), test.status);
      }),
      { numRuns: 300 },
    );
  });
});
