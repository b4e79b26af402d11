import type { TestRunOutcome } from '../../../protocol/tests.ts';
import { c8Launcher, mochaReporter, noC8 } from '../reports/packageReporters.ts';
import { readLcov } from '../coverage/readLcov.ts';
import { readPackageEvents } from '../reports/readPackageEvents.ts';
import type { PackageFacts } from '../packageFacts.ts';
import { detectNodeRunner } from './detectNodeRunner.ts';
import { missingPackage } from './missingPackage.ts';
import { asOperand, filesOfIds, isNamedTest, isScript, namePattern, newTestPath } from './packageRunner.ts';
import type { CommandRequest, Detection, ReportReading, Runner, RunnerCommand } from './runner.ts';

const reportName = 'mocha.jsonl';

/** Mocha 10 and newer; coverage by the project's c8. */
export const mocha: Runner = {
  id: 'mocha',
  title: 'mocha',
  language: 'node',
  npmPackage: 'mocha',
  rootMarks: ['package.json'],
  handles: isScript,
  detect,
  isTestFile: (path) => isNamedTest(path, /(?:^|\/)(?:tests?|__tests__|spec)\//u),
  newTestPath,
  command,
  read,
  readCoverage: readLcov,
  advice:
    'Tests run with mocha. `describe` and `it` are global; take assertions from the library that the tests of this project use, else from `node:assert/strict`. Use no other test library.',
};

function detect(facts: PackageFacts): Detection | undefined {
  return detectNodeRunner(facts, {
    module: /^mocha$/u,
    script: /\bmocha\b/u,
    config: /^\.mocharc\./u,
    npmPackage: 'mocha',
  });
}

function command({ program, files, ids, reports, coverage, seed, failFast }: CommandRequest): RunnerCommand {
  const shown = filesOfIds(files, ids);
  const reporter = mochaReporter(reportName, { program: program.at(-1) ?? '', files: shown, seed });
  const asked = ids.length === 0 ? [] : ['--grep', `/${namePattern(ids)}/`];
  const place = `${reports}/${reporter.name}`;
  const quiet = ['--require', place, '--reporter', place, '--no-parallel', '--no-watch'];
  const stops = failFast === true ? ['--bail'] : [];
  const run = [...program, ...asked, ...quiet, ...stops, ...shown.map(asOperand)] as const;
  const shared = {
    env: {},
    display: [...(coverage === 'none' ? [] : ['c8']), 'mocha', ...asked, ...shown].join(' '),
    report: reportName,
    ...(seed === undefined ? {} : { shuffled: 'suites and tests' }),
  };
  if (coverage === 'none') return { ...shared, argv: [program[0], ...run.slice(1)], support: [reporter] };
  const c8 = c8Launcher(program.at(-1) ?? '');
  const flags = ['--reporter=lcovonly', `--reports-dir=${reports}`, `--temp-directory=${reports}/v8`];
  return {
    ...shared,
    argv: [program[0], `${reports}/${c8.name}`, ...flags, ...run],
    support: [reporter, c8],
    coverageReport: 'lcov.info',
  };
}

function read(reading: ReportReading): TestRunOutcome {
  if (reading.report === undefined && reading.output.includes(noC8))
    return missingPackage('c8', 'Coverage with mocha');
  if (reading.report === undefined && /\bNo test files found\b/u.test(reading.output))
    return { kind: 'noTests', message: 'mocha found no test file of these names.' };
  return readPackageEvents('mocha', reading);
}
