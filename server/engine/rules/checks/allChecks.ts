import { alwaysAndGlobs } from './alwaysAndGlobs.ts';
import { bareGlob } from './bareGlob.ts';
import { blockTag } from './blockTag.ts';
import { commandOnChange } from './commandOnChange.ts';
import { concealedText } from './concealedText.ts';
import { globRepeatsFolder } from './globRepeatsFolder.ts';
import { lookAlikeCharacters } from './lookAlikeCharacters.ts';
import { missingField } from './missingField.ts';
import { neverFires } from './neverFires.ts';
import { neverHolds } from './neverHolds.ts';
import { otherSpelling } from './otherSpelling.ts';
import { ownActionOrder } from './ownActionOrder.ts';
import { pythonPattern } from './pythonPattern.ts';
import type { RuleCheck } from './ruleCheck.ts';
import { shadowedGlob } from './shadowedGlob.ts';
import { slowPattern } from './slowPattern.ts';
import { unknownRole } from './unknownRole.ts';
import { unknownValue } from './unknownValue.ts';
import { unknownVariable } from './unknownVariable.ts';
import { unusedField } from './unusedField.ts';
import { uselessBudget } from './uselessBudget.ts';

/** Checks of one rule that can make it inactive: whoever asks whether a rule is active needs them. */
export const faultChecks: readonly RuleCheck[] = [commandOnChange, ownActionOrder];

/** Checks of one rule that never make it inactive: only whoever shows problems needs them. */
export const adviceChecks: readonly RuleCheck[] = [
  alwaysAndGlobs,
  bareGlob,
  globRepeatsFolder,
  shadowedGlob,
  lookAlikeCharacters,
  concealedText,
  blockTag,
  otherSpelling,
  pythonPattern,
  slowPattern,
  neverHolds,
  neverFires,
  missingField,
  unusedField,
  unknownValue,
  unknownVariable,
  unknownRole,
  uselessBudget,
];
