import assert from 'node:assert/strict';
import type { TestRunOutcome } from '../../../protocol/tests.ts';
import {
  recordedPaths,
  recordedReport,
  recordedSources,
  renderTests,
} from '../../../test/recordedReports.ts';
import { mavenTest } from '../runners/mavenTest.ts';

const sources = recordedSources('maven', (path) => path.endsWith('.java'));
const red = ['TEST-calc.RedTest.xml', 'TEST-calc.RedTest-Inner.xml'].map((name) =>
  recordedReport(`surefire/3.2.5/${name}`),
);

const read = (reports: readonly string[], exitCode: number, output = ''): TestRunOutcome =>
  mavenTest.read({
    report: reports[0],
    reports,
    exitCode,
    ms: 1,
    output,
    paths: recordedPaths,
    sources,
    base: '',
  });

const test = 'src/test/java/calc/RedTest.java';

describe('The reports of Surefire 3.2.5', () => {
  it('name tests by file and class, nested ones and cases too, and tell why red ones are', () => {
    const outcome = read(red, 1);
    assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
    assert.deepEqual(
      [...renderTests(outcome.tests)].sort(),
      [
        `${test}::RedTest::Inner::deep passed`,
        `${test}::RedTest::adds passed`,
        `${test}::RedTest::each(String)[1] passed`,
        `${test}::RedTest::each(String)[2] failed: expected: <a b> but was: <x::y> @ ${test}:34`,
        `${test}::RedTest::raisesInTheCode errored: / by zero @ src/main/java/calc/Calc.java:9 < ${test}:24`,
        `${test}::RedTest::skipped skipped`,
        `${test}::RedTest::wrongSum failed: the sum ==> expected: <4> but was: <3> @ ${test}:19`,
      ].sort(),
    );
    const wrong = outcome.tests.find(({ name }) => name === 'wrongSum');
    assert.deepEqual([wrong?.line, wrong?.failure?.actual, wrong?.failure?.expected], [17, '3', '4']);
  });

  it('are what the compiler said where nothing ran', () => {
    const outcome = read([], 1, recordedReport('surefire/3.2.5/broken.txt'));
    assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
    assert.deepEqual(renderTests(outcome.tests), [
      "src/main/java/calc/Calc.java:: errored: ';' expected @ src/main/java/calc/Calc.java:5",
    ]);
  });

  it('are not believed when one of them is cut at any byte', () => {
    const [first = '', second = ''] = red.map((report) => report.trimEnd());
    for (let length = 0; length < second.length; length += 5)
      assert.equal(read([first, second.slice(0, length)], 1).kind, 'noReport', `${length} characters`);
  });

  const ends: readonly (readonly [string, readonly string[], number, string, string])[] = [
    ['red with success', red, 0, '', 'noReport'],
    ['none with success', [], 0, '', 'noTests'],
    ['none with a failure', [], 1, '[ERROR] No goals have been specified', 'noReport'],
    ['none with a claim', [], 1, 'Tests run: 3, Failures: 0', 'noReport'],
    ['garbage', ['%%%'], 1, '', 'noReport'],
  ];
  for (const [title, reports, code, output, kind] of ends)
    it(`are ${kind}: ${title}`, () => assert.equal(read(reports, code, output).kind, kind));
});

describe('The command of Maven', () => {
  const command = (files: readonly string[], ids: readonly string[]): readonly string[] =>
    mavenTest.command({ program: ['/mvn'], files, ids, reports: '/reports', coverage: 'none' }).argv;

  it('names classes with those inside of them', () =>
    assert.ok(command([test], []).includes('-Dtest=calc.RedTest,calc.RedTest$*')));

  it('names methods, of cases the method alone, and for a whole file its class', () => {
    const ids = [`${test}::RedTest::each(String)[2]`, `${test}::RedTest::Inner::deep`, `${test}::`];
    assert.ok(command([], ids).includes('-Dtest=calc.RedTest#each,calc.RedTest$Inner#deep,calc.RedTest*'));
  });
});
