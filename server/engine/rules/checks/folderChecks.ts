import { ambiguousReference } from './ambiguousReference.ts';
import { bareGlobCounts } from './bareGlobCounts.ts';
import { contradictingRules } from './contradictingRules.ts';
import { duplicateBody } from './duplicateBody.ts';
import { duplicateName } from './duplicateName.ts';
import type { FolderCheck } from './folderCheck.ts';
import { inheritanceProblems } from './inheritanceProblems.ts';
import { inheritedActionOrder } from './inheritedActionOrder.ts';
import { longBody } from './longBody.ts';
import { missingActions } from './missingActions.ts';
import { missingFile } from './missingFile.ts';
import { missingParents } from './missingParents.ts';
import { unmatchedGlob } from './unmatchedGlob.ts';
import { unusedId } from './unusedId.ts';

/** Every check that needs other rules or the files of the folder. */
export const folderChecks: readonly FolderCheck[] = [
  inheritanceProblems,
  inheritedActionOrder,
  bareGlobCounts,
  unmatchedGlob,
  missingFile,
  ambiguousReference,
  duplicateName,
  duplicateBody,
  contradictingRules,
  longBody,
  unusedId,
  missingActions,
  missingParents,
];
