import { vitestLauncher, vitestReporter } from '../reports/packageReporters.ts';
import { readLcov } from '../coverage/readLcov.ts';
import { readPackageEvents } from '../reports/readPackageEvents.ts';
import type { PackageFacts } from '../packageFacts.ts';
import { detectNodeRunner } from './detectNodeRunner.ts';
import { missingPackage } from './missingPackage.ts';
import { filesOfIds, isNamedTest, isScript, namePattern, newTestPath } from './packageRunner.ts';
import type { CommandRequest, Detection, ReportReading, Runner, RunnerCommand } from './runner.ts';
import type { TestRunOutcome } from '../../../protocol/tests.ts';

const reportName = 'vitest.jsonl';
const reporter = vitestReporter(reportName);

/** Vitest 2 and newer; coverage by the project's own provider (v8 or istanbul). */
export const vitest: Runner = {
  id: 'vitest',
  title: 'vitest',
  language: 'node',
  npmPackage: 'vitest',
  rootMarks: ['package.json'],
  handles: isScript,
  detect,
  isTestFile: (path) => isNamedTest(path, /(?:^|\/)__tests__\//u),
  newTestPath,
  command,
  read,
  readCoverage: readLcov,
  advice:
    "Tests run with vitest. Import `describe`, `expect` and `it` from 'vitest'; use `vi` for mocks and `it.each` for tables. Use no other test library.",
};

function detect(facts: PackageFacts): Detection | undefined {
  return detectNodeRunner(facts, {
    module: /^vitest$/u,
    script: /\bvitest\b/u,
    config: /^vitest\.(?:config|workspace|projects)\./u,
    npmPackage: 'vitest',
  });
}

function command({ program, files, ids, reports, coverage, seed }: CommandRequest): RunnerCommand {
  const shown = filesOfIds(files, ids);
  const launcher = vitestLauncher(shown.length);
  const asked = [
    ...(ids.length === 0 ? [] : [`--testNamePattern=${namePattern(ids)}`]),
    ...(seed === undefined ? [] : ['--sequence.shuffle', `--sequence.seed=${seed}`]),
    ...(coverage === 'none' ? [] : ['--coverage.enabled']),
  ];
  const quiet = [
    '--run',
    '--passWithNoTests',
    // A cache in node_modules would be a write into the tree.
    '--no-cache',
    '--reporter=default',
    `--reporter=${asModule(`${reports}/${reporter.name}`)}`,
    ...(coverage === 'none'
      ? []
      : [
          '--coverage.reporter=lcovonly',
          '--coverage.thresholds=false',
          '--coverage.reportOnFailure',
          `--coverage.reportsDirectory=${reports}`,
          '--coverage.clean=false',
        ]),
  ];
  return {
    argv: [program[0], `${reports}/${launcher.name}`, ...program.slice(1), ...asked, ...quiet, ...shown],
    env: {},
    display: ['vitest run', ...asked, ...shown].join(' '),
    report: reportName,
    support: [reporter, launcher],
    ...(coverage === 'none' ? {} : { coverageReport: 'lcov.info' }),
    ...(seed === undefined ? {} : { shuffled: 'files and tests' }),
  };
}

/** Vitest 3 loads no file from outside of the project by its path. */
function asModule(path: string): string {
  const url = `file://${path.startsWith('/') ? '' : '/'}${encodeURI(path.replaceAll('\\', '/'))}`;
  return `data:text/javascript,export {default} from ${encodeURIComponent(JSON.stringify(url))}`;
}

function read(reading: ReportReading): TestRunOutcome {
  const provider = /Cannot find dependency '(@vitest\/coverage-[a-z\d]+)'/u.exec(reading.output)?.[1];
  if (reading.report === undefined && provider !== undefined)
    return missingPackage(provider, 'Coverage with vitest');
  // Older ones do not even start their reporters then.
  if (reading.report === undefined && reading.exitCode === 0 && /^No test files found/mu.test(reading.output))
    return { kind: 'noTests', message: 'vitest found no test in these files.' };
  return readPackageEvents('vitest', reading);
}
