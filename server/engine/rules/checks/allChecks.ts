import { alwaysAndGlobs } from './alwaysAndGlobs.ts';
import { bareGlob } from './bareGlob.ts';
import { commandOnChange } from './commandOnChange.ts';
import { globRepeatsFolder } from './globRepeatsFolder.ts';
import { notSupportedYet } from './notSupportedYet.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** Every check of one rule; checks that need other rules or files are not here. */
export const allChecks: readonly RuleCheck[] = [
  alwaysAndGlobs,
  bareGlob,
  globRepeatsFolder,
  commandOnChange,
  notSupportedYet,
];
