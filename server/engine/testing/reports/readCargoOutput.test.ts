import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TestRunOutcome } from '../../../protocol/tests.ts';
import {
  recordedPaths,
  recordedReport,
  recordedSources,
  renderTests,
} from '../../../test/recordedReports.ts';
import { readCargoOutput } from './readCargoOutput.ts';

const sources = recordedSources('rust', (path) => path.endsWith('.rs'));

const read = (report: string | undefined, exitCode: number): TestRunOutcome =>
  readCargoOutput({
    report,
    exitCode,
    ms: 1,
    output: report ?? '',
    paths: (path) => recordedPaths(path.replace(/^\.\//u, '')),
    sources,
    base: '',
  });

const testsOf = (outcome: TestRunOutcome): readonly string[] => {
  assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
  return renderTests(outcome.tests);
};

const red = [
  'inner::passes passed',
  'returns_error failed: Error: "no luck" @ ',
  'should_have failed: test did not panic as expected @ tests/red.rs:20',
  'wrong_sum failed: assertion `left == right` failed: the sum is wrong @ tests/red.rs:10 < tests/red.rs:7',
  'panics_in_the_code failed: attempt to divide by zero @ src/lib.rs:15 < tests/red.rs:15 < tests/red.rs:14',
].map((test) => `tests/red.rs::${test}`);

const green = [
  'src/shapes/square.rs::shapes::square::tests::areas passed',
  'src/lib.rs::tests::adds passed',
  'src/lib.rs::tests::skipped skipped',
  'src/lib.rs::tests::panics passed',
  'src/lib.rs::src/lib.rs - add (line 7) passed',
];

const cases: readonly (readonly [string, number, readonly string[]])[] = [
  ['green', 0, green],
  ['red', 101, red],
  ['mixed', 101, [...green, ...red]],
  ['broken', 101, ['src/lib.rs:: errored: mismatched types @ src/lib.rs:20']],
  [
    'syntax',
    101,
    ['tests/syntax.rs:: errored: this file contains an unclosed delimiter @ tests/syntax.rs:2'],
  ],
  [
    'exits',
    101,
    [
      "tests/exits.rs:: errored: It ended before all of its tests had: process didn't exit successfully: `/workspace/target/debug/deps/exits-3be3a611d8ff06f2` (exit status: 3) @ ",
    ],
  ],
];

for (const version of ['1.95.0']) {
  describe(`What cargo test of Rust ${version} prints`, () => {
    const recorded = (name: string): string => recordedReport(`cargo-test/${version}/${name}.txt`);

    for (const [name, code, expected] of cases)
      it(`names tests, why they are red, and the places: ${name}`, () =>
        // Tests of a binary run side by side and are told as they end.
        assert.deepEqual([...testsOf(read(recorded(name), code))].sort(), [...expected].sort()));

    it('has lines of tests and compared values', () => {
      const outcome = read(recorded('mixed'), 101);
      assert.ok(outcome.kind === 'finished');
      const lines = outcome.tests.map(({ name, line }) => `${name} ${line}`);
      for (const line of ['adds 27', 'areas 8', 'wrong_sum 6', 'src/lib.rs - add (line 7) 6'])
        assert.ok(lines.includes(line), lines.join('\n'));
      const wrong = outcome.tests.find(({ name }) => name === 'wrong_sum');
      assert.deepEqual([wrong?.failure?.actual, wrong?.failure?.expected], ['3', '4']);
    });

    const ends: readonly (readonly [string, number, string])[] = [
      ['green', 101, 'noReport'],
      ['red', 0, 'noReport'],
      ['nothing', 0, 'noTests'],
    ];
    for (const [name, code, kind] of ends)
      it(`is ${kind} for ${name} with exit code ${code}`, () =>
        assert.equal(read(recorded(name), code).kind, kind));

    it('is never green when red is cut at any byte, and never throws', () => {
      const report = Buffer.from(recorded('mixed'));
      for (let length = 0; length < report.length; length += 3) {
        const outcome = read(report.toString('utf8', 0, length), 101);
        if (outcome.kind === 'finished')
          assert.ok(
            outcome.tests.some(({ failure }) => failure),
            `${length} bytes`,
          );
      }
    });

    it('is not believed when one binary is cut at any byte', () => {
      const report = recorded('green');
      const end = report.indexOf('\n     Running tests/nothing.rs');
      for (let length = 0; length < end - 2; length += 1)
        assert.notEqual(read(report.slice(0, length), 0).kind, 'finished', `${length} characters`);
    });
  });
}

describe('What no cargo printed', () => {
  it('is an outcome, whatever it is', () => {
    const lines = recordedReport('cargo-test/1.95.0/mixed.txt').split('\n');
    const line = fc.oneof(fc.constantFrom(...lines), fc.string());
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.constantFrom(0, 1, 101), (some, code) => {
        const { kind } = read(some.join('\n'), code);
        assert.ok(['finished', 'noReport', 'noTests'].includes(kind));
      }),
    );
  });

  const cases: readonly (readonly [string, string | undefined, RegExp])[] = [
    ['nothing', undefined, /ended with code 101\. Look/u],
    [
      'no manifest',
      'error: could not find `Cargo.toml` in `/workspace` or any parent directory\n',
      /: could not find `Cargo\.toml`/u,
    ],
    [
      'a dependency that is not there',
      'error: no matching package named `nowhere` found\nlocation searched: crates.io index\n',
      /: no matching package named `nowhere` found/u,
    ],
    ['a claim of success', 'test result: ok. 9 passed; 0 failed; 0 ignored\n', /ended with code 101/u],
  ];
  for (const [title, report, message] of cases)
    it(`is no report: ${title}`, () => {
      const outcome = read(report, 101);
      assert.ok(outcome.kind === 'noReport', JSON.stringify(outcome));
      assert.match(outcome.message, message);
    });
});
