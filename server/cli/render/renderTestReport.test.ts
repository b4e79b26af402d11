import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readJunit } from '../../engine/testing/reports/readJunit.ts';
import type { TestCase, TestRunOutcome } from '../../protocol/tests.ts';
import { createPaint } from './paint.ts';
import { renderTestJunit } from './renderTestJunit.ts';
import { renderTestReport } from './renderTestReport.ts';

const context = {
  ...{ root: '/ws', cwd: '/ws', version: '1.0.0' },
  paints: { stdout: createPaint(false), stderr: createPaint(false) },
};

/** What the reader calls by its own words is left out: a file that could not be loaded, and tests of one name. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((name) => name.trim() !== '' && !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(name));
const word = fc.stringMatching(/^[a-z]\w{0,5}$/);

const test = fc
  .record({
    file: fc.constantFrom('tests/test_a.py', 'src/a.test.ts', 'b_test.go'),
    suites: fc.array(word, { maxLength: 3 }),
    name: text,
    line: fc.nat(500),
    ms: fc.nat(5_000),
    status: fc.constantFrom('passed', 'skipped', 'failed', 'errored'),
    why: word,
  })
  .map(({ file, suites, name, line, ms, status, why }): TestCase => ({
    id: [file, ...suites, name].join('::'),
    ...{ name, suites, path: file, line, ms, status },
    ...(status === 'failed' || status === 'errored'
      ? { failure: { message: why, detail: `${why} <&> "here"\n]]> there`, frames: [] } }
      : {}),
  }));
const tests = fc.uniqueArray(test, { selector: ({ id }) => id, maxLength: 8 });

describe('Test results as JUnit', () => {
  it('come back from our own reader as they were', () =>
    fc.assert(
      fc.property(tests, (given) => {
        const read = readJunit(renderTestJunit({ kind: 'finished', tests: given, ms: 1 }), (path) => path);
        // Seconds with three digits are milliseconds but for what a binary fraction cannot hold.
        const byId = (list: readonly TestCase[] = []): readonly TestCase[] =>
          list
            .map((each) => ({ ...each, ms: Math.round(each.ms) }))
            .toSorted((a, b) => (a.id < b.id ? -1 : 1));
        assert.deepEqual(byId(read), byId(given));
      }),
    ));

  it('hold what no XML can hold by a mark', () => {
    const failure = { message: 'a\u0000b', detail: '\u001B[31m', frames: [] };
    const report = renderTestJunit({
      kind: 'finished',
      ms: 1,
      tests: [{ id: 'x', name: 'x\u0001', suites: [], ms: 0, status: 'failed', failure }],
    });
    assert.doesNotMatch(report, /[\u0000-\u0009\u000B-\u001F]/u);
    assert.equal(readJunit(report, (path) => path)?.length, 1);
  });

  it('are red where the tests did not end', () => {
    const [only] =
      readJunit(renderTestJunit({ kind: 'timedOut', message: 'Too long.', ms: 1 }), (path) => path) ?? [];
    assert.deepEqual([only?.status, only?.failure?.message], ['errored', 'Too long.']);
  });
});

describe('Test results as SARIF', () => {
  interface Sarif {
    readonly runs: readonly [{ readonly results: readonly unknown[] }];
  }
  const sarif = (outcome: TestRunOutcome): readonly unknown[] => {
    const report = renderTestReport('sarif', { result: { run: 'r', outcome }, view: undefined }, context);
    return (JSON.parse(report) as Sarif).runs[0].results;
  };
  const place = (uri: string, line: number) => ({
    artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
    region: { startLine: line, startColumn: 1, endLine: line, endColumn: 1_001 },
  });

  it('have the failing line, and the frames that led there', () => {
    const failure = {
      ...{ message: 'not equal', detail: '' },
      frames: [
        { path: 'src/a.ts', line: 1 },
        { path: 'a.test.ts', line: 7 },
      ],
    };
    const red: TestCase = {
      id: 'b',
      name: 'adds',
      suites: ['sums'],
      path: 'a.test.ts',
      line: 5,
      status: 'failed',
      ms: 1,
      failure,
    };
    assert.deepEqual(sarif({ kind: 'finished', tests: [red], ms: 1 }), [
      {
        ...{ ruleId: 'test.failed', ruleIndex: 0, level: 'error' },
        message: { text: 'sums > adds: not equal' },
        locations: [{ physicalLocation: place('a.test.ts', 8) }],
        relatedLocations: [
          { id: 0, physicalLocation: place('src/a.ts', 2), message: { text: 'on the way to the failure' } },
        ],
      },
    ]);
  });

  it('tell what kept the tests from ending', () => {
    const [only] = sarif({ kind: 'timedOut', message: 'Too long.', ms: 1 });
    assert.match(JSON.stringify(only), /"ruleId":"tests\.timedOut".*"text":"Too long\."/);
  });
});

describe('Tests that did not run beside green ones', () => {
  const result = {
    run: 'r',
    outcome: { kind: 'finished', tests: [], ms: 0 },
    notRun: [
      { why: 'noProgram', paths: ['m/a_test.go', 'm/b_test.go'], message: 'go was not found.' },
      { why: 'noRunner', paths: ['c.test.ts'], message: 'Nothing tells the runner.' },
    ],
  } as const;
  const show = (format: 'human' | 'json' | 'junit' | 'sarif'): string =>
    renderTestReport(format, { result, view: undefined }, context);

  it('are told to people', () =>
    assert.equal(
      show('human'),
      'Did not run: m/a_test.go and 1 more. go was not found.\nDid not run: c.test.ts. Nothing tells the runner.\n0 passed, 0 failed, 0 skipped (0.0 s)\n',
    ));

  it('stand in the JSON document', () => {
    const { notRun } = JSON.parse(show('json')) as { readonly notRun: unknown };
    assert.deepEqual(notRun, result.notRun);
  });

  it('are errors of a JUnit report where a program is missing, and skipped else', () => {
    const cases = readJunit(show('junit'), (path) => path) ?? [];
    assert.deepEqual(
      cases.map(({ path, status, failure }) => [path, status, failure?.message]),
      [
        ['m/a_test.go', 'errored', 'go was not found.'],
        ['m/b_test.go', 'errored', 'go was not found.'],
        ['c.test.ts', 'skipped', undefined],
      ],
    );
  });

  it('are results of a SARIF log', () => {
    const log = JSON.parse(show('sarif')) as {
      readonly runs: readonly [{ readonly results: readonly { ruleId: string; level: string }[] }];
    };
    assert.deepEqual(
      log.runs[0].results.map(({ ruleId, level }) => [ruleId, level]),
      [
        ['tests.runnerMissing', 'error'],
        ['tests.runnerMissing', 'error'],
        ['tests.noRunner', 'note'],
      ],
    );
  });
});
