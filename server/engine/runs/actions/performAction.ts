import { editFile } from '../editing/editFile.ts';
import type { Proven } from '../editing/editScope.ts';
import { generateTests } from '../editing/generateTests.ts';
import { mendFiles } from '../editing/mendFiles.ts';
import type { RunEnd } from '../runScope.ts';
import { refusedAction, resultOfEnd, succeeded, type ActionResult } from './actionResult.ts';
import type { ActionScope } from './actionScope.ts';
import { performReview } from './performReview.ts';
import { performRun } from './performRun.ts';
import { performTask } from './performTask.ts';
import type { SharedCopy } from './runCopy.ts';
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
      return performEdit(scope, generateTests);
    case 'fix':
      return performEdit(scope, mendFiles);
    case 'generate':
    case 'refactor':
    case 'document': {
      const { type } = scope.action;
      return performEdit(scope, (own, copy) => editFile(own, copy, type));
    }
    case 'review':
      return performReview(scope);
    default:
      return refusedAction(
        'action.not-available',
        `The action ${scope.action.type} is not available in this version; remove it from the rule.`,
      );
  }
}

type EditWork = (scope: ActionScope, copy: SharedCopy) => Promise<Proven | RunEnd>;

/** Keeps what a model edited and proved for the proposal of the run. */
async function performEdit(scope: ActionScope, work: EditWork): Promise<ActionResult> {
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
    const made = await work(scope, copy);
    if (!('outcome' in made)) copy.keep(made.files, made.summary);
    return made;
  });
  if ('outcome' in generated) return resultOfEnd(generated);
  const changed = generated.files.map(({ path }) => path);
  return succeeded(generated.summary, { place: 'copy', changed });
}
