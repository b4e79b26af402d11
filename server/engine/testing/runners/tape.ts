import type { TestRunOutcome } from '../../../protocol/tests.ts';
import { shuffle } from '../shuffle.ts';
import { readTap } from '../reports/readTap.ts';
import { detectNodeRunner } from './detectNodeRunner.ts';
import { asOperand, filesOfIds, isNamedTest, newTestPath } from './packageRunner.ts';
import type { CommandRequest, ReportReading, Runner, RunnerCommand } from './runner.ts';

/** tape 5 and newer, which prints TAP 13. It runs whole files, and has no coverage of its own. */
export const tape: Runner = {
  id: 'tape',
  title: 'tape',
  language: 'node',
  npmPackage: 'tape',
  rootMarks: ['package.json'],
  handles: (path) => /\.[cm]?js$/u.test(path),
  detect: (facts) =>
    detectNodeRunner(facts, { module: /^tape$/u, script: /(?:^|[\s;&|])tape\b/u, npmPackage: 'tape' }),
  isTestFile: (path) => isNamedTest(path, /(?:^|\/)(?:tests?|__tests__)\//u),
  newTestPath,
  command,
  read,
  readCoverage: () => [],
  sourcesOf: (files) => files,
  advice:
    "Tests run with tape. Write `test('what it does', (t) => { …; t.end(); })` with `test` of `tape`, and its assertions (`t.equal`, `t.deepEqual`, `t.throws`).",
};

function command({ program, files, ids, seed }: CommandRequest): RunnerCommand {
  const asked = filesOfIds(files, ids);
  const shown = seed === undefined ? asked : shuffle(asked, seed);
  return {
    argv: [...program, ...shown.map(asOperand)],
    env: {},
    display: ['tape', ...shown].join(' '),
    report: { printed: 'stdout' },
    ...(seed === undefined ? {} : { shuffled: 'the files' }),
  };
}

/** TAP names no files: a test stands where its name is written. */
function read(reading: ReportReading): TestRunOutcome {
  return readTap(reading, 'tape', (name) => {
    for (const [path, text] of reading.sources ?? []) {
      const quoted = ["'", '"', '`'].map((quote) => `${quote}${name}${quote}`);
      const line = text.split('\n').findIndex((each) => quoted.some((word) => each.includes(word)));
      if (line >= 0) return { path, line };
    }
    return undefined;
  });
}
