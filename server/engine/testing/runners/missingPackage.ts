import type { TestRunOutcome } from '../../../protocol/tests.ts';

/** `what` begins a sentence, such as `Coverage with mocha`. */
export function missingPackage(name: string, what: string): TestRunOutcome {
  return {
    kind: 'runnerMissing',
    message: `${what} needs ${name}, which this package does not have: npm install --save-dev ${name}.`,
  };
}
