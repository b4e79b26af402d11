import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditorWindow } from '../../../scripts/host/editorWindow.ts';
import { eventually } from '../eventually.ts';

/** The file of the sample workspace on which the rule `generate-tests` fires. */
export const source = 'src/duration.js';

/** A user's settings for a model on this machine that answers at an address. */
export function modelSettings(baseUrl: string): Readonly<Record<string, unknown>> {
  return {
    'codegenLab.generatedTests.repetitions': 2,
    'codegenLab.generatedTests.maxMutants': 0,
    'codegenLab.ai.enabled': 'on',
    'codegenLab.ai.provider': 'ollama',
    'codegenLab.ai.model': 'scripted',
    'codegenLab.ai.baseUrl': baseUrl,
  };
}

/** Waits until the status item of Codegen Lab says exactly this. */
export async function waitForItem(editor: EditorWindow, text: string): Promise<void> {
  const item = editor.page.locator('[id$="codegenLab.status"] a', {
    hasText: new RegExp(`^\\s*${text}\\s*$`),
  });
  await item.waitFor();
}

/** Writes a comment above the source and saves it, as a person does. */
export async function saveChange(editor: EditorWindow, comment: string): Promise<void> {
  await editor.openFile(source);
  await editor.goTo(1);
  await editor.insert(`/* ${comment} */\n`);
  await editor.save();
}

/** Waits until exactly these lenses stand in the editor in front, from top to bottom. */
export async function waitForLenses(editor: EditorWindow, ...lenses: readonly string[]): Promise<void> {
  await eventually(async () => assert.deepEqual(await shownLenses(editor), lenses));
}

/** Waits until the lenses of the editor in front begin with these. */
export async function waitForFirstLenses(editor: EditorWindow, ...lenses: readonly string[]): Promise<void> {
  await eventually(async () => assert.deepEqual((await shownLenses(editor)).slice(0, lenses.length), lenses));
}

async function shownLenses(editor: EditorWindow): Promise<readonly string[]> {
  const shown = editor.page.locator('.editor-group-container.active .codelens-decoration a');
  return (await shown.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' ').trim());
}

/** Waits until the tab in front has this name. */
export async function waitForTab(editor: EditorWindow, name: string | RegExp): Promise<void> {
  await editor.page.locator('.editor-group-container.active .tab.active', { hasText: name }).waitFor();
}

/** Waits until the proposal shows as a diff, its text among it. */
export async function waitForDiff(editor: EditorWindow, text: string): Promise<void> {
  await waitForTab(editor, 'Codegen Lab: generate-tests');
  await editor.page.locator('.multiDiffEntry .view-line', { hasText: text }).first().waitFor();
}

/** Waits until no tab shows a proposal any more. */
export async function waitForNoDiff(editor: EditorWindow): Promise<void> {
  await editor.page.locator('.tab', { hasText: 'Codegen Lab: ' }).waitFor({ state: 'detached' });
}

/** The text of a file of the workspace; undefined if there is none. */
export function readFile(editor: EditorWindow, path: string): string | undefined {
  try {
    return readFileSync(join(editor.folder, path), 'utf8');
  } catch {
    // There is no such file.
    return undefined;
  }
}
