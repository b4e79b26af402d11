const modelActions = new Set([
  'generate',
  'generate_tests',
  'fix',
  'refactor',
  'document',
  'review',
  'plan',
  'workflow',
]);
const checkActions = new Set(['suggest', 'validate', 'reject']);
const commandActions = new Set(['run', 'task', 'test']);

/** Whether an action of this canonical type asks a model. */
export function isModelAction(type: string): boolean {
  return modelActions.has(type);
}

/** Whether an action of this canonical type asks a model for edits, which land only as its run may. */
export function isEditingAction(type: string): boolean {
  return isModelAction(type) && type !== 'review';
}

/** Whether it only looks at text: no model, no command. */
export function isCheckAction(type: string): boolean {
  return checkActions.has(type);
}

/** Whether it starts a command of the user's. */
export function isCommandAction(type: string): boolean {
  return commandActions.has(type);
}
