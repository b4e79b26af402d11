import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../demo/applyEdits.ts';
import { countLcov, type LineCount } from './countLcov.ts';
import type { RuleCase } from './ruleCase.ts';

/** What the package's own tools say of its tests, without the product. */
export interface HandRun {
  readonly isGreen: boolean;
  /** Lines of the case's file; undefined: the runner measures none here. */
  readonly lines: LineCount | undefined;
}

/** How many of the case's mutants the tests of a folder notice, each tried alone. */
export interface MutantCount {
  readonly killed: number;
  readonly all: number;
}

const limitMs = 10 * 60_000;
const reportName = 'by-hand.lcov';

/** Runs the tests of a case's workspace, with coverage. `tests`: only these files, where the runner takes files. */
export function runByHand(rule: RuleCase, folder: string, tests: readonly string[] = []): HandRun {
  const report = join(folder, reportName);
  rmSync(report, { force: true });
  const isGreen = commandsOf(rule, folder, tests).every((argv) => succeeds(argv, folder));
  const lines = existsSync(report) ? countLcov(readFileSync(report, 'utf8'), rule.file, folder) : undefined;
  rmSync(report, { force: true });
  rmSync(join(folder, '.hand'), { recursive: true, force: true });
  return { isGreen, lines };
}

/** Changes the file, runs the tests, and changes it back, for each mutant of the case. Tests that are red, or missing, kill none. */
export function killByHand(rule: RuleCase, folder: string, now: HandRun): MutantCount {
  const mutants = rule.proof?.mutants ?? [];
  if (!now.isGreen) return { killed: 0, all: mutants.length };
  const path = join(folder, rule.file);
  const text = readFileSync(path, 'utf8');
  const killed = mutants.filter((mutant) => {
    writeFileSync(path, applyEdits(text, [mutant]));
    const { isGreen } = runByHand(rule, folder);
    writeFileSync(path, text);
    return !isGreen;
  });
  return { killed: killed.length, all: mutants.length };
}

/** Puts the tests of the published package back and runs them. */
export function runPublishedTests(root: string, rule: RuleCase, folder: string): HandRun {
  const tests = rule.proof?.tests ?? [];
  for (const path of tests)
    cpSync(join(root, 'test-fixtures', 'packages', rule.package, path), join(folder, path));
  return runByHand(rule, folder, tests);
}

function commandsOf(
  rule: RuleCase,
  folder: string,
  tests: readonly string[],
): readonly (readonly string[])[] {
  const node = process.execPath;
  switch (rule.proof?.by) {
    case 'pytest': {
      const python = join(folder, '.venv', 'bin', 'python');
      return [
        [python, '-m', 'coverage', 'run', `--include=${rule.file}`, '-m', 'pytest', '-q', ...tests],
        [python, '-m', 'coverage', 'lcov', '--fail-under=0', '-o', reportName],
      ];
    }
    case 'node': {
      const to = [`--test-reporter=lcov`, `--test-reporter-destination=${reportName}`];
      return [[node, '--test', '--experimental-test-coverage', ...to, ...tests]];
    }
    case 'vitest': {
      const to = ['--coverage.enabled', '--coverage.reporter=lcovonly', '--coverage.reportsDirectory=.hand'];
      return [[node, 'node_modules/vitest/vitest.mjs', 'run', ...to, ...tests], moved];
    }
    case 'jest': {
      const to = ['--coverage', '--coverageReporters=lcovonly', '--coverageDirectory=.hand'];
      return [[node, 'node_modules/jest/bin/jest.js', ...to, ...tests], moved];
    }
    case 'go':
      return [['go', 'test', '-count=1', './...']];
    case 'cargo':
      return [['cargo', 'test', '--quiet']];
    case undefined:
      return [];
  }
}

const moved: readonly string[] = ['mv', '.hand/lcov.info', reportName];

function succeeds([program = '', ...args]: readonly string[], cwd: string): boolean {
  const { status } = spawnSync(program, args, { cwd, stdio: 'ignore', timeout: limitMs });
  return status === 0;
}
