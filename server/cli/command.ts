import type { HelpTopic, Invocation, UsageError } from './invocation.ts';
import type { OptionName, Words } from './words.ts';

/** How the words of one command are read. */
export interface Command {
  readonly topic: HelpTopic;
  readonly options: readonly OptionName[];
  readonly interpret: (words: Words) => Invocation | UsageError;
}

export const commonOptions: readonly OptionName[] = ['help', 'json', 'log-level', 'root'];
