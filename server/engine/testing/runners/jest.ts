import { jestReporter } from '../reports/packageReporters.ts';
import { readLcov } from '../coverage/readLcov.ts';
import { readPackageEvents } from '../reports/readPackageEvents.ts';
import type { PackageFacts } from '../packageFacts.ts';
import { detectNodeRunner } from './detectNodeRunner.ts';
import { filesOfIds, isNamedTest, isScript, namePattern, newTestPath } from './packageRunner.ts';
import type { CommandRequest, Detection, Runner, RunnerCommand } from './runner.ts';

const reportName = 'jest.jsonl';
const reporter = jestReporter(reportName);

/** Jest 29 and newer. */
export const jest: Runner = {
  id: 'jest',
  title: 'jest',
  language: 'node',
  npmPackage: 'jest',
  rootMarks: ['package.json'],
  handles: isScript,
  detect,
  isTestFile: (path) => isNamedTest(path, /(?:^|\/)__tests__\//u),
  newTestPath,
  command,
  read: (reading) => readPackageEvents('jest', reading),
  readCoverage: readLcov,
  advice:
    'Tests run with jest. `describe`, `it`, `expect` and `jest` are global unless the tests of this project import them from `@jest/globals`; use `it.each` for tables. Use no other test library.',
};

function detect(facts: PackageFacts): Detection | undefined {
  return detectNodeRunner(facts, {
    module: /^@jest\/globals$/u,
    script: /\bjest\b/u,
    config: /^jest\.config\./u,
    npmPackage: 'jest',
  });
}

function command({ program, files, ids, reports, coverage, seed, failFast }: CommandRequest): RunnerCommand {
  const shown = filesOfIds(files, ids);
  const asked = [
    ...(ids.length === 0 ? [] : [`--testNamePattern=${namePattern(ids)}`]),
    ...(failFast === true ? ['--bail=1'] : []),
    ...(seed === undefined ? [] : ['--randomize', `--seed=${seed % maxSeed}`]),
    ...(coverage === 'none' ? [] : ['--coverage']),
  ];
  const quiet = [
    // Snapshots that are not there yet are not written, and fail.
    '--ci',
    '--watchman=false',
    '--passWithNoTests',
    '--testLocationInResults',
    '--reporters=default',
    `--reporters=${reports}/${reporter.name}`,
    ...(coverage === 'none'
      ? []
      : ['--coverageReporters=lcovonly', `--coverageDirectory=${reports}`, '--coverageThreshold={}']),
    ...(shown.length === 0 ? [] : ['--runTestsByPath']),
  ];
  return {
    argv: [...program, ...asked, ...quiet, '--', ...shown],
    env: {},
    display: ['jest', ...asked, ...shown].join(' '),
    report: reportName,
    support: [reporter],
    ...(coverage === 'none' ? {} : { coverageReport: 'lcov.info' }),
    ...(seed === undefined ? {} : { shuffled: 'tests inside of each file' }),
  };
}

/** Jest takes 32 bits with a sign. */
const maxSeed = 0x7fffffff;
