import type { FolderCheck } from './folderCheck.ts';

/** What is wrong with the parents and includes of a file, as resolving them found it. */
export const inheritanceProblems: FolderCheck = ({ document, catalog }) =>
  [document.file, ...document.blocks].flatMap(({ id }) => catalog.effective(id)?.problems ?? []);
