import type { FolderCheck } from './folderCheck.ts';
import { inheritanceProblems } from './inheritanceProblems.ts';

/** Every check that needs other rules or the files of the folder. */
export const folderChecks: readonly FolderCheck[] = [inheritanceProblems];
