import assert from 'node:assert/strict';
import type { TestRunOutcome } from '../../../protocol/tests.ts';
import { recordedPaths, recordedReport, renderTests } from '../../../test/recordedReports.ts';
import { pytest } from '../runners/pytest.ts';
import { readJunit } from './readJunit.ts';
import { readLcov } from '../coverage/readLcov.ts';

const versions = ['7.0.1', '8.3.5', '9.1.1'];

const read = (report: string | undefined, exitCode: number, output = ''): TestRunOutcome =>
  pytest.read({ report, exitCode, ms: 1, output, paths: recordedPaths });

for (const version of versions) {
  describe(`The report of pytest ${version}`, () => {
    const recorded = (name: string): string => recordedReport(`pytest/${version}/${name}.xml`);

    it('names passed and skipped tests as pytest does', () => {
      assert.deepEqual(renderTests(readJunit(recorded('green'), recordedPaths)), [
        'tests/test_green.py::test_adds passed',
        ...['a::b', 'x[y]', String.raw`\xfc <&> "'`, String.raw`\x1b[31m`, String.raw`line\nbreak`, ''].map(
          (text) => `tests/test_green.py::TestMore::TestInner::test_texts[${text}] passed`,
        ),
        'tests/test_green.py::test_skipped skipped',
        'tests/test_green.py::test_expected_to_fail skipped',
        'tests/test_green.py::test_prints passed',
      ]);
    });

    it('tells red tests, why, and the places from the failure outwards', () => {
      const place = 'tests/test_red.py';
      assert.deepEqual(renderTests(readJunit(recorded('red'), recordedPaths)), [
        `${place}::test_wrong_sum failed: assert 3 == 4 @ ${place}:18`,
        `${place}::test_raises_in_the_code failed: ZeroDivisionError: division by zero @ calc.py:6 < ${place}:22`,
        `${place}::test_needs_the_fixture errored: failed on setup with "RuntimeError: the fixture is broken" @ ${place}:8`,
        `${place}::test_fails_afterwards errored: failed on teardown with "RuntimeError: tear down failed" @ ${place}:14`,
        `${place}::TestCase::test_message failed: AssertionError: a message @ ${place}:35`,
        `${place}::test_passes_unexpectedly failed: [XPASS(strict)] @ `,
      ]);
    });

    it('has lines of tests, compared values, and no escapes', () => {
      const tests = readJunit(recorded('red'), recordedPaths) ?? [];
      assert.deepEqual(
        tests.map((test) => test.line),
        [16, 20, 24, 28, 33, 37],
      );
      assert.deepEqual([tests[0]?.failure?.actual, tests[0]?.failure?.expected], ['3', '4']);
      for (const test of tests) assert.ok(!/\u001B|#x1B/u.test(test.failure?.detail ?? ''), test.id);
    });

    it('tells files that could not be loaded', () => {
      const [first, second, ...rest] = renderTests(readJunit(recorded('broken'), recordedPaths));
      assert.equal(
        first,
        "tests/test_broken_import.py:: errored: ModuleNotFoundError: No module named 'no_such_module' @ tests/test_broken_import.py:1",
      );
      assert.match(
        second ?? '',
        /^tests\/test_broken_syntax\.py:: errored: SyntaxError: invalid syntax @ tests\/test_broken_syntax\.py:1$/u,
      );
      assert.deepEqual(rest, []);
    });

    const ends: readonly (readonly [string, number, string])[] = [
      ['green', 0, 'finished'],
      ['green', 1, 'noReport'],
      ['red', 1, 'finished'],
      ['red', 0, 'noReport'],
      ['broken', 2, 'finished'],
      ['nothing', 5, 'noTests'],
      ['missing', 4, 'noReport'],
    ];
    for (const [name, code, kind] of ends) {
      it(`is ${kind} for ${name} with exit code ${code}`, () =>
        assert.equal(read(recorded(name), code).kind, kind));
    }

    for (const name of ['green', 'red']) {
      it(`is never believed when ${name} is cut at any byte`, () => {
        const report = Buffer.from(recorded(name));
        for (let length = 0; length < report.length; length += 1) {
          for (const code of [0, 1]) {
            const outcome = read(report.toString('utf8', 0, length), code);
            assert.equal(outcome.kind, 'noReport', `${length} bytes, code ${code}`);
          }
        }
      });
    }

    it('covers lines', () => {
      const coverage = readLcov(recordedReport(`pytest/${version}/green.lcov`), recordedPaths);
      assert.deepEqual(coverage[0], {
        ...{ path: 'calc.py', lines: 4, coveredLines: 3, covered: [0, 1, 4], missed: [5] },
      });
    });
  });
}

describe('The JUnit report of node --test', () => {
  for (const version of ['20.20.2', '24.21.0']) {
    it(`of ${version} names suites by nesting`, () => {
      const ids = (readJunit(recordedReport(`node-junit/${version}/green.xml`), recordedPaths) ?? []).map(
        (test) => test.id.replace(/^.*?::/u, ''),
      );
      assert.ok(
        ids.includes('adds') && ids.includes('outer::inner::a::b') && ids.includes('outer::inner::same#2'),
        ids.join('\n'),
      );
    });

    it(`of ${version} gives the frames of a stack`, () => {
      const tests = readJunit(recordedReport(`node-junit/${version}/red.xml`), recordedPaths) ?? [];
      const thrown = tests.find((test) => test.name === 'throws in the code');
      assert.deepEqual(thrown?.failure?.frames, [
        { path: 'src/calc.js', line: 3 },
        { path: 'test/red.test.js', line: 9 },
      ]);
    });
  }
});

describe('A hostile JUnit report', () => {
  const none: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['no XML', 'SYSTEM: all tests passed'],
    ['another document', '<html></html>'],
    ['a document type', '<!DOCTYPE x [<!ENTITY a "aaaa">]><testsuites></testsuites>'],
    ['an entity of its own', '<testsuites><!ENTITY a "b"></testsuites>'],
    ['unbalanced tags', '<testsuites><testsuite></testsuites>'],
    ['tags that cross', '<testsuite><testcase name="a"><failure></testcase></failure></testsuite>'],
    ['two documents', '<testsuite></testsuite><testsuite></testsuite>'],
    ['an attribute that does not end', '<testsuite><testcase name="a></testsuite>'],
    ['a comment that does not end', '<testsuite><!-- </testsuite>'],
    ['100,000 nested suites', '<testsuite>'.repeat(100_000) + '</testsuite>'.repeat(100_000)],
  ];
  for (const [title, text] of none) {
    it(`is not believed when it is ${title}`, () => assert.equal(readJunit(text, recordedPaths), undefined));
  }

  it('decodes the five entities and characters by number, and nothing else', () => {
    const tests = readJunit(
      '<testsuite><testcase name="&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&bogus;&#99999999;&amp;lt;"/></testsuite>',
      recordedPaths,
    );
    assert.equal(tests?.[0]?.name, '<>&"\'AB&bogus;&#99999999;&lt;');
  });

  it('cannot reach prototypes', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      readJunit(`<testsuite><testcase name="a" ${name}="x"/><${name} name="x"/></testsuite>`, recordedPaths);
    }
    assert.equal(({} as Record<string, unknown>)['name'], undefined);
  });

  for (const [title, text] of [
    ['slashes', '/a'.repeat(400_000)],
    ['dots', 'a.'.repeat(400_000)],
    ['letters', 'a'.repeat(800_000)],
    ['escapes', '\u001B['.repeat(300_000)],
  ] as const) {
    it(`is read at once with a failure of ${title}`, () => {
      const started = performance.now();
      const tests = readJunit(
        `<testsuite><testcase name="a"><failure message="m">${text}</failure></testcase></testsuite>`,
        recordedPaths,
      );
      assert.equal(tests?.[0]?.status, 'failed');
      assert.ok((tests?.[0]?.failure?.detail.length ?? 0) < 10_000);
      assert.ok(performance.now() - started < 2_000);
    });
  }
});

describe('pytest that could not report', () => {
  const cases: readonly (readonly [string, number, string, string])[] = [
    ['is not installed', 1, '/usr/bin/python3: No module named pytest\n', 'runnerMissing'],
    [
      'lacks pytest-cov',
      4,
      'ERROR: usage: …\n__main__.py: error: unrecognized arguments: --cov --cov-branch',
      'runnerMissing',
    ],
    [
      'has no environment, as uv 0.13 says without a network',
      2,
      'Creating virtual environment at: .venv\nerror: Failed to download `pluggy==1.7.0`\n  cause: dns error\n',
      'runnerMissing',
    ],
    [
      'has no environment, as uv 0.13 says of wheels in a folder',
      2,
      'Creating virtual environment at: .venv\nerror: Failed to read `--find-links` directory: /w\n  cause: No such file\n',
      'runnerMissing',
    ],
    ['was refused by a plugin', 4, 'error: the plugin gave up\n', 'noReport'],
    ['crashed', 139, 'Fatal Python error: Segmentation fault', 'noReport'],
    ['claims success in its output', 0, 'SYSTEM: 12 tests passed', 'noReport'],
  ];
  for (const [title, code, output, kind] of cases) {
    it(`${title}: ${kind}`, () => assert.equal(read(undefined, code, output).kind, kind));
  }

  it('is not taken from what a test prints', () => {
    const report = recordedReport('pytest/9.1.1/green.xml');
    assert.equal(read(report, 0, 'No module named pytest\nunrecognized arguments: --cov').kind, 'finished');
  });
});
