import { generateTests } from '../generateTests.ts';
import { refusedAction, resultOfEnd, succeeded, type ActionResult } from './actionResult.ts';
import type { ActionScope } from './actionScope.ts';
import { performRun } from './performRun.ts';
import { performTask } from './performTask.ts';
import { performTest } from './performTest.ts';

/** One try of one action. */
export async function performAction(scope: ActionScope): Promise<ActionResult> {
  switch (scope.action.type) {
    case 'run':
      return performRun(scope);
    case 'task':
      return performTask(scope);
    case 'test':
      return performTest(scope);
    case 'generate_tests':
      return performGeneration(scope);
    default:
      return refusedAction(
        'action.not-available',
        `The action ${scope.action.type} is not available in this version; remove it from the rule.`,
      );
  }
}

async function performGeneration(scope: ActionScope): Promise<ActionResult> {
  const { key, attempt, copy, isAlone, recorder } = scope;
  if (!isAlone)
    await recorder.record({
      type: 'action.started',
      action: key,
      kind: scope.action.type,
      attempt,
      command: '',
      place: 'copy',
      confined: true,
      idempotent: false,
    });
  const generated = await copy.exclusively(async () => {
    const made = await generateTests(scope, copy);
    if (!('outcome' in made)) copy.keep(made.files, made.summary);
    return made;
  });
  if ('outcome' in generated) return resultOfEnd(generated);
  const changed = generated.files.map(({ path }) => path);
  return succeeded(generated.summary, { place: 'copy', changed });
}
