import { runEditorSuites } from '../host/editorSuites.ts';
import { currentHost } from '../host/recipes.ts';
import type { LaneContext, LaneResult } from './lane.ts';

/** The suites of extension/test in a real VS Code. */
export function run(context: LaneContext): Promise<LaneResult> {
  return runEditorSuites(context, currentHost);
}
