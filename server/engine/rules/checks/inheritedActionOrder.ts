import { checkActionOrder } from './actionOrder.ts';
import type { FolderCheck } from './folderCheck.ts';

/** The order of the actions of a rule whose parents may give some of them. */
export const inheritedActionOrder: FolderCheck = ({ document: { file }, catalog }) => {
  if (file.extends.length === 0 || file.actions.length === 0) return [];
  const effective = catalog.effective(file.id);
  // With a parent missing nobody knows what ids there are.
  if (effective === undefined || effective.problems.some(({ severity }) => severity === 'error')) return [];
  return checkActionOrder(
    file.actions.filter(({ remove }) => !remove),
    effective.rule.actions,
  );
};
