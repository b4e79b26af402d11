import type { TestCase, TestFailure, TestRunOutcome } from '../../protocol/tests.ts';
import { createRedactor } from '../safety/redact.ts';

const mask = createRedactor([]);

/** The outcome of a run without the secrets that its tests have in their names or told of when they failed. */
export function maskOutcome(outcome: TestRunOutcome): TestRunOutcome {
  switch (outcome.kind) {
    case 'finished':
      return { ...outcome, tests: outcome.tests.map(maskTest) };
    case 'noReport':
      return { ...outcome, message: mask(outcome.message), output: mask(outcome.output) };
    case 'noTests':
    case 'runnerMissing':
    case 'timedOut':
    case 'notConfined':
      return { ...outcome, message: mask(outcome.message) };
    case 'cancelled':
      return outcome;
  }
}

function maskTest(test: TestCase): TestCase {
  const { id, name, suites, failure } = test;
  const isPlain = failure === undefined && mask(id) === id && mask(name) === name;
  if (isPlain) return test;
  return {
    ...test,
    id: mask(id),
    name: mask(name),
    suites: suites.map(mask),
    ...(failure && { failure: maskFailure(failure) }),
  };
}

function maskFailure(failure: TestFailure): TestFailure {
  const { message, detail, expected, actual } = failure;
  return {
    ...failure,
    message: mask(message),
    detail: mask(detail),
    ...(expected !== undefined && { expected: mask(expected) }),
    ...(actual !== undefined && { actual: mask(actual) }),
  };
}
