import { cargoTest } from './cargoTest.ts';
import { goTest } from './goTest.ts';
import { jest } from './jest.ts';
import { mavenTest } from './mavenTest.ts';
import { mocha } from './mocha.ts';
import { nodeTest } from './nodeTest.ts';
import { pytest } from './pytest.ts';
import type { Runner } from './runner.ts';
import { tape } from './tape.ts';
import { unittest } from './unittest.ts';
import { vitest } from './vitest.ts';

/** All runners, in the order in which they are asked. */
export const runners: readonly Runner[] = [
  pytest,
  unittest,
  nodeTest,
  vitest,
  jest,
  mocha,
  tape,
  goTest,
  cargoTest,
  mavenTest,
];

/** Whether a run of everything takes a file in: a test file, or one that stands for tests beside the code. */
export function isOfWholeRun(path: string): boolean {
  return (
    runnerOfTestFile(path) !== undefined ||
    runners.some(({ isRootOfTests }) => isRootOfTests?.(path) === true)
  );
}

/** The runner whose tests a file is, by its name alone. */
export function runnerOfTestFile(path: string): Runner | undefined {
  return runners.find((runner) => runner.handles(path) && runner.isTestFile(path));
}
