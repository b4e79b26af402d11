import { jest } from '../../server/engine/testing/runners/jest.ts';
import { mocha } from '../../server/engine/testing/runners/mocha.ts';
import type { Runner } from '../../server/engine/testing/runners/runner.ts';
import { vitest } from '../../server/engine/testing/runners/vitest.ts';

/** A real project, and what its real runner must come to. */
export interface RunnerProject {
  /** The folder in `test-fixtures/runners`. */
  readonly name: string;
  readonly runner: Runner;
  /** What starts the runner, relative to the project. */
  readonly program: readonly [string, ...string[]];
  /** All its test files, relative to the project. */
  readonly files: readonly string[];
  /** `renderTests` of all of them, sorted. */
  readonly tests: readonly string[];
  /** Ids that are run alone, each with the outcome of that run. */
  readonly single: readonly string[];
  /** A source with its zero-based lines that no test runs. */
  readonly uncovered: { readonly path: string; readonly lines: readonly number[] };
}

/** Tests that every project of a language has. */
const shared = (file: string, failure: string): readonly string[] => [
  `${file}::a group::adds (really) [1] | $x passed`,
  `${file}::a group::adds 1 passed`,
  `${file}::a group::adds 2 passed`,
  `${file}::a group::skips skipped`,
  `${file}::adds more failed: ${failure} @ ${file}:5`,
  `${file}::adds passed`,
];

const single = (file: string): readonly string[] => [
  `${file}::a group::adds (really) [1] | $x`,
  `${file}::a group::adds 2`,
  `${file}::adds`,
];

export const runnerProjects: readonly RunnerProject[] = [
  {
    name: 'vitest',
    runner: vitest,
    program: [process.execPath, 'node_modules/vitest/vitest.mjs'],
    files: ['test/calc.test.ts', 'test/view.test.tsx'],
    tests: [
      ...shared('test/calc.test.ts', 'expected 3 to be 4 // Object.is equality'),
      'test/view.test.tsx::greets passed',
    ],
    single: single('test/calc.test.ts'),
    uncovered: { path: 'src/calc.ts', lines: [10] },
  },
  {
    name: 'jest',
    runner: jest,
    program: [process.execPath, 'node_modules/jest/bin/jest.js'],
    files: ['test/calc.test.ts', 'test/plain.test.js'],
    tests: [
      ...shared(
        'test/calc.test.ts',
        'expect(received).toBe(expected) // Object.is equality: expected 4, received 3',
      ),
      'test/plain.test.js::adds without types passed',
    ],
    single: single('test/calc.test.ts'),
    uncovered: { path: 'src/calc.ts', lines: [10] },
  },
  {
    name: 'mocha',
    runner: mocha,
    program: [process.execPath, 'node_modules/mocha/bin/mocha.js'],
    files: ['test/calc.test.js', 'test/modern.test.mjs', 'test/typed.test.ts'],
    tests: [
      ...shared('test/calc.test.js', 'Expected values to be strictly equal: 3 !== 4'),
      'test/modern.test.mjs::adds in a module passed',
      'test/typed.test.ts::adds with types passed',
    ],
    single: single('test/calc.test.js'),
    uncovered: { path: 'src/calc.js', lines: [3] },
  },
];
