import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TestRunOutcome } from '../../../protocol/tests.ts';
import { recordedPaths, recordedReport, renderTests } from '../../../test/recordedReports.ts';
import { readUnittestEvents } from './readUnittestEvents.ts';

const read = (report: string | undefined, exitCode: number): TestRunOutcome =>
  readUnittestEvents({ report, exitCode, ms: 1, output: '', paths: recordedPaths });

const testsOf = (outcome: TestRunOutcome): readonly string[] => {
  assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
  return renderTests(outcome.tests);
};

const green = [
  'TestAdd::test_adds passed',
  'TestAdd::test_expected skipped',
  'TestAdd::test_prints passed',
  'TestAdd::test_skipped skipped',
  "TestAdd::test_subtests::(text='a b') passed",
  "TestAdd::test_subtests::(text='x::y') passed",
  `TestAdd::test_subtests::(text='ü <&> "') passed`,
  'TestSkipped::test_never skipped',
].map((test) => `tests/test_green.py::${test}`);

const red = [
  'TestAsync::test_waits failed: AssertionError: 3 not found in [1, 2] @ tests/test_red.py:48',
  'TestClassSetUp::setUpClass errored: RuntimeError: the class is broken @ tests/test_red.py:32',
  'TestTearDown::test_passes_itself errored: RuntimeError: tear down failed @ tests/test_red.py:40',
  'TestWrong::test_passes passed',
  'TestWrong::test_raises_in_the_code errored: ZeroDivisionError: division by zero @ calc.py:6 < tests/test_red.py:14',
  'TestWrong::test_subtests::(number=0) passed',
  'TestWrong::test_subtests::(number=1) failed: AssertionError: 1 == 1 @ tests/test_red.py:19',
  'TestWrong::test_subtests::(number=2) passed',
  'TestWrong::test_unexpected failed: It passes, but is marked to fail. @ ',
  'TestWrong::test_with_message failed: AssertionError: 3 != 4 : a message @ tests/test_red.py:11',
  'TestWrong::test_wrong_sum failed: AssertionError: 3 != 4 @ tests/test_red.py:8',
].map((test) => `tests/test_red.py::${test}`);

const imported =
  "tests/test_broken_import.py:: errored: ModuleNotFoundError: No module named 'no_such_module' @ tests/test_broken_import.py:1";
const made = '::FunctionTestCase::runTest passed';

for (const version of ['3.8.18', '3.11.7', '3.13.0']) {
  describe(`The report of unittest of Python ${version}`, () => {
    const recorded = (name: string): string => recordedReport(`unittest/${version}/${name}.jsonl`);
    const sorted = (name: string, code: number): readonly string[] =>
      [...testsOf(read(recorded(name), code))].sort();

    it('names tests and subtests', () => assert.deepEqual(sorted('green', 0), [...green, made].sort()));

    it('tells red tests, why, and the places', () => assert.deepEqual(sorted('red', 1), [...red].sort()));

    it('tells files and modules that could not be set up', () => {
      const [first, second, third, ...rest] = testsOf(read(recorded('broken'), 1));
      assert.equal(first, imported);
      assert.match(
        second ?? '',
        /^tests\/test_broken_syntax\.py:: errored: SyntaxError: .* @ tests\/test_broken_syntax\.py:1$/u,
      );
      assert.match(
        third ?? '',
        /^tests\/test_module\.py::setUpModule errored: RuntimeError: the module is broken @ /u,
      );
      assert.deepEqual(rest, []);
    });

    it('keeps the tests of several files apart', () =>
      assert.deepEqual(sorted('mixed', 1), [...green, ...red, imported, made].sort()));

    it('has lines of tests and compared values', () => {
      const outcome = read(recorded('red'), 1);
      assert.ok(outcome.kind === 'finished');
      const wrong = outcome.tests.find(({ name }) => name === 'test_wrong_sum');
      assert.deepEqual([wrong?.line, wrong?.failure?.actual, wrong?.failure?.expected], [6, '3', '4']);
    });

    const ends: readonly (readonly [string, number, string])[] = [
      ['green', 1, 'noReport'],
      ['red', 0, 'noReport'],
      ['nothing', 0, 'noTests'],
      ['exits', 0, 'noReport'],
    ];
    for (const [name, code, kind] of ends)
      it(`is ${kind} for ${name} with exit code ${code}`, () =>
        assert.equal(read(recorded(name), code).kind, kind));

    it('is never believed when it is cut at any byte', () => {
      for (const [name, code] of [
        ['green', 0],
        ['red', 1],
      ] as const) {
        const report = Buffer.from(recorded(name).trimEnd());
        for (let length = 0; length < report.length; length += length < report.length - 500 ? 7 : 1)
          assert.equal(
            read(report.toString('utf8', 0, length), code).kind,
            'noReport',
            `${name}, ${length} bytes`,
          );
      }
    });
  });
}

describe('A garbled report of unittest', () => {
  it('is an outcome, whatever it is', () => {
    const lines = recordedReport('unittest/3.11.7/mixed.jsonl').split('\n');
    const line = fc.oneof(fc.constantFrom(...lines), fc.string(), fc.json());
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom(0, 1, 4), (some, code) => {
        const { kind } = read([...some, '{"type":"end"}'].join('\n'), code);
        assert.ok(['finished', 'noReport', 'noTests', 'runnerMissing'].includes(kind));
      }),
    );
  });

  for (const [title, report, kind] of [
    ['missing', undefined, 'noReport'],
    ['empty', '', 'noReport'],
    ['that of a project without coverage.py', '{"type":"missing","name":"coverage"}\n', 'runnerMissing'],
  ] as const)
    it(`is ${kind} when it is ${title}`, () => assert.equal(read(report, 1).kind, kind));
});
