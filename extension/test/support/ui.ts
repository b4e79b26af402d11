import type { Page } from 'playwright-core';
import type { EditorWindow } from '../../../scripts/host/editorWindow.ts';

const address = process.env['CODEGEN_LAB_UI_BRIDGE'];

/** Whether the runner can show this suite its own window. It cannot in a desktop editor: skip there. */
export const hasScreen = address !== undefined;

/** What a snippet may use, besides `value`. It runs in the runner's process and shares nothing else with the suite. */
export interface Screen<Value = undefined> {
  readonly page: Page;
  /** What a person does in the window, in one call each. */
  readonly editor: EditorWindow;
  readonly screenshot: (name: string) => Promise<string>;
  readonly value: Value;
}

/**
 * Runs a snippet against the window that this suite runs in, and returns what it returns, as JSON carries it: either
 * the body of an async function that knows `page`, `editor`, `screenshot` and `value`, or such a function, which must
 * not use anything from around it. Rejects with the snippet's error.
 */
export async function ui<Result, Value = undefined>(
  snippet: string | ((screen: Screen<Value>) => Promise<Result>),
  value?: Value,
): Promise<Result> {
  if (!address) throw new Error('There is no bridge to the screen here; ask hasScreen first.');
  const code =
    typeof snippet === 'string'
      ? snippet
      : `return (${snippet.toString()})({ page, editor, screenshot, value });`;
  const response = await fetch(address, { method: 'POST', body: JSON.stringify({ code, value }) });
  const answer = (await response.json()) as { readonly result: Result; readonly error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.result;
}

/** Writes what the window shows to `out/screenshots/VERSION/SUITE/NAME.png`. */
export async function screenshot(name: string): Promise<void> {
  await ui(`await screenshot(value);`, name);
}
