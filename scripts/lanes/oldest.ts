import { runEditorSuites } from '../host/editorSuites.ts';
import { oldestHost } from '../host/recipes.ts';
import type { LaneContext, LaneResult } from './lane.ts';

export const onlyWhenNamed = true;

/** The suites of extension/test in the oldest VS Code that the extension supports. */
export function run(context: LaneContext): Promise<LaneResult> {
  return runEditorSuites(context, oldestHost);
}
