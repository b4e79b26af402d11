import { pathVariables } from '../../triggers/expandVariables.ts';
import { languageOf } from '../../triggers/filters/languageOf.ts';
import type { RunSubject } from '../runScope.ts';
import type { Variables } from './expandCommand.ts';
import { unifiedDiff } from './unifiedDiff.ts';

/** What earlier actions of the run leave to later ones. */
export interface ActionMemory {
  /** Problems that they found, a line each. */
  readonly problems: string;
  /** What the last command or test run printed. */
  readonly testOutput: string;
}

/** What each variable stands for in the actions of one run. */
export function actionVariables(file: string, subject: RunSubject, memory: ActionMemory): Variables {
  const { oldFile, before, text, language } = subject;
  const old = oldFile === undefined ? undefined : pathVariables(oldFile);
  return {
    ...pathVariables(file),
    language: language ?? languageOf(file) ?? '',
    // Rules fire on files: what is selected is told with no event.
    selection: '',
    diff: text === undefined ? '' : unifiedDiff(file, before, text),
    ...memory,
    ...(old === undefined ? {} : { oldFile: old.file, oldDir: old.dir, oldStem: old.stem }),
  };
}
