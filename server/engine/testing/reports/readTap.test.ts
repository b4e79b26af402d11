import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TestRunOutcome } from '../../../protocol/tests.ts';
import {
  recordedPaths,
  recordedReport,
  recordedSources,
  renderTests,
} from '../../../test/recordedReports.ts';
import { tape } from '../runners/tape.ts';
import { parseTap } from './parseTap.ts';
import { readTap } from './readTap.ts';

const sources = recordedSources('tape', (path) => path.startsWith('test/'));

const read = (report: string | undefined, exitCode: number): TestRunOutcome =>
  tape.read({ report, exitCode, ms: 1, output: '', paths: recordedPaths, sources });

const readAny = (report: string, exitCode: number): TestRunOutcome =>
  readTap({ report, exitCode, ms: 1, output: '', paths: recordedPaths }, 'it', () => undefined);

const testsOf = (outcome: TestRunOutcome): readonly string[] => {
  assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
  return renderTests(outcome.tests);
};

describe('The report of tape 5.9.0', () => {
  const recorded = (name: string): string => recordedReport(`tape/5.9.0/${name}.tap`);

  it('names tests by the comments above their points', () =>
    assert.deepEqual(testsOf(read(recorded('green'), 0)), [
      'test/green.js::adds passed',
      'test/green.js::still to do skipped',
      'test/green.js::prints passed',
    ]));

  it('tells red tests, why, and the places', () => {
    const outcome = read(recorded('red'), 1);
    assert.deepEqual(testsOf(outcome), [
      'test/red.js::wrong sum failed: the sum @ test/red.js:5',
      'test/red.js::inner failed: should be deeply equivalent @ test/red.js:11 < test/red.js:14',
      'test/red.js::passes passed',
      'test/red.js::never ends failed: plan != count @ ',
    ]);
    assert.ok(outcome.kind === 'finished');
    assert.deepEqual(
      outcome.tests.map(({ line, failure }) => [line, failure?.actual, failure?.expected]),
      [
        [3, '3', '4'],
        [9, '{ a: 1 }', '{ a: 2 }'],
        [16, undefined, undefined],
        [21, '1', '2'],
      ],
    );
  });

  const ends: readonly (readonly [string, number, string])[] = [
    ['green', 1, 'noReport'],
    ['red', 0, 'noReport'],
    ['throws', 1, 'noReport'],
    ['nothing', 0, 'noTests'],
  ];
  for (const [name, code, kind] of ends)
    it(`is ${kind} for ${name} with exit code ${code}`, () =>
      assert.equal(read(recorded(name), code).kind, kind));

  it('is never believed when it is cut before its plan', () => {
    for (const [name, code] of [
      ['green', 0],
      ['red', 1],
    ] as const) {
      const report = recorded(name);
      for (let length = 0; length <= report.indexOf('\n1..') + 4; length += 1)
        assert.equal(read(report.slice(0, length), code).kind, 'noReport', `${name}, ${length} characters`);
    }
  });
});

describe('TAP of other producers', () => {
  it('of Test::More (12): a test for each point', () =>
    assert.deepEqual(testsOf(readAny(recordedReport('tap/test-more-1.302190/mixed.tap'), 1)), [
      '::adds passed',
      '::wrong sum failed: wrong sum @ ',
      '::still to do skipped',
      '::not today skipped',
    ]));

  it('of Node 24 (13, with subtests): suites', () => {
    const tests = testsOf(readAny(recordedReport('tap/node-24.21.0/mixed.tap'), 1));
    assert.deepEqual(
      tests.map((test) => test.split(' @ ')[0]),
      [
        '::outer::passes passed',
        '::outer::wrong sum failed: wrong sum',
        '::outer::skipped skipped',
        '::alone # 1 passed',
      ],
    );
  });

  const documents: readonly (readonly [string, string, string])[] = [
    ['version 14 with a plan first', 'TAP version 14\n1..2\nok 1 - a\nok 2 - b \\# c\n', 'finished'],
    ['no description', '1..1\nok\n', 'finished'],
    ['a plan of none', 'TAP version 14\n1..0 # SKIP nothing to do\n', 'noTests'],
    ['no plan', 'ok 1 - a\n', 'noReport'],
    ['fewer points than planned', '1..2\nok 1 - a\n', 'noReport'],
    ['a bail out', '1..1\nok 1 - a\nBail out! The database is down.\n', 'noReport'],
    ['no TAP', 'all tests passed\n', 'noReport'],
  ];
  for (const [title, text, kind] of documents)
    it(`is ${kind}: ${title}`, () => assert.equal(readAny(text, 0).kind, kind));

  it('is an outcome, whatever it is', () => {
    const lines = recordedReport('tap/node-24.21.0/mixed.tap').split('\n');
    const line = fc.oneof(fc.constantFrom(...lines), fc.string());
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.constantFrom(0, 1), (some, code) => {
        assert.ok(['finished', 'noReport', 'noTests'].includes(readAny(some.join('\n'), code).kind));
      }),
    );
  });

  it('is read at once however deep it is', () => {
    const started = performance.now();
    const deep = Array.from({ length: 3_000 }, (_, depth) => `${'    '.repeat(depth)}ok 1 - x`).join('\n');
    assert.ok(parseTap(deep).points.length > 0 && performance.now() - started < 5_000);
  });
});
