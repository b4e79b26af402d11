import type { AnswerForm } from '../../generation/answerForm.ts';
import type { BuiltPrompt, PromptRunner } from '../../generation/promptInput.ts';

/** What a model is asked to write, ready to be sent. */
export interface EditTask {
  /** The only files that may be written, relative to the folder; at least one. */
  readonly targets: readonly string[];
  readonly form: AnswerForm;
  readonly prompt: BuiltPrompt;
  /** How the nearest manifest says that scripts are read, by target; what is missing is no script. */
  readonly moduleTypes: ReadonlyMap<string, PromptRunner['moduleType']>;
  /** Tests that the edit may not touch at all: they judge it. */
  readonly locksTests: boolean;
  /** The rule lets tests be weakened. */
  readonly mayChangeTests: boolean;
  /** The answer may be that nothing has to change. */
  readonly mayDecline: boolean;
}
