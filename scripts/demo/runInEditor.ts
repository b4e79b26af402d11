import type { EditorSession } from '../host/editorSession.ts';
import { applyEdits } from './applyEdits.ts';
import { type DemoWorkspace, landedFiles } from './createWorkspace.ts';
import type { DemoContext } from './demoContext.ts';
import { DemoScreen } from './demoScreen.ts';
import { createEditorSettings } from './editorSettings.ts';
import { typedEdits } from './typedEdits.ts';

export interface EditorDemo {
  readonly session: EditorSession;
  readonly context: DemoContext;
  /** Tells what happens, in a sentence. */
  readonly onStep: (text: string) => void;
}

/** A model that is really asked takes its time; recorded answers are there at once. */
const proofLimitMs = 10 * 60_000;
const testLimitMs = 60_000;
const provenText = / proven \(/;

/**
 * Does in a window what a person does: edits and saves, allows the rule, reviews and accepts, breaks the code and mends
 * it. Rejects when the screen does not show what it must.
 */
export async function runInEditor(workspace: DemoWorkspace, demo: EditorDemo): Promise<void> {
  const { session, context } = demo;
  const { folder, published } = workspace;
  const editor = await session.open({
    folder,
    trusted: true,
    settings: createEditorSettings(context),
    theme: 'Default Dark Modern',
  });
  const scene: Scene = { ...demo, workspace, screen: new DemoScreen(editor), text: published };
  try {
    await changeAndSave(scene);
    await allowRule(scene);
    await review(scene);
    await showLanded(scene);
    await showBug(scene);
  } catch (error) {
    // A window that was closed has no picture; the reason is what counts.
    await editor.screenshot(`${workspace.demo.name}/failed`).catch(() => undefined);
    throw error;
  } finally {
    await editor.close();
  }
}

interface Scene extends EditorDemo {
  readonly workspace: DemoWorkspace;
  readonly screen: DemoScreen;
  /** Of the source, as the person left it. */
  text: string;
}

async function changeAndSave(scene: Scene): Promise<void> {
  const { screen, workspace, onStep } = scene;
  const { editor } = screen;
  await screen.openView('Codegen Lab');
  await screen.widenSideBar(480);
  await editor.waitForText(workspace.demo.rule, '.part.sidebar');
  await editor.openFile(workspace.edit.file);
  onStep(`Changing ${workspace.edit.file} and saving it.`);
  await typeText(scene, workspace.changed);
  await editor.save();
  await screen.waitForFile(workspace.edit.file, workspace.changed);
}

async function allowRule(scene: Scene): Promise<void> {
  const { screen, workspace, onStep } = scene;
  await screen.toast(/may ask/).waitFor();
  await screen.scrollToTop();
  await screen.lens('Allow rule').first().waitFor();
  await shoot(scene, '1-rule-asks-to-be-allowed');
  onStep('The rule fired. Allowing it.');
  await screen.editor.answerNotification(/may ask/, 'Allow This Rule');
  await waitForProof(scene);
  await screen.expand(`${workspace.demo.rule} · `);
  await screen.restMouse();
  await screen.lens('Review').first().waitFor();
  await shoot(scene, '2-proven-in-the-terminal');
}

async function waitForProof({ screen, context, onStep }: Scene): Promise<void> {
  const proven = screen.toast(provenText);
  const unconfined = screen.toast(/would run with your rights/);
  const ended = screen.statusItem(/problem/);
  await proven.or(unconfined).or(ended).first().waitFor({ timeout: proofLimitMs });
  if (await unconfined.isVisible()) {
    if (context.model.kind === 'live')
      throw new Error('There is no sandbox on this machine, so what the model wrote was not run.');
    // Recorded answers were read by people before they came into the repository.
    onStep('There is no sandbox on this machine: running the recorded tests without one.');
    await screen.editor.answerNotification(/would run with your rights/, 'Run Without Sandbox Once');
    await proven.or(ended).first().waitFor({ timeout: proofLimitMs });
  }
  if (!(await proven.isVisible())) throw new Error('The rule ended without a proposal.');
}

async function review(scene: Scene): Promise<void> {
  const { screen, onStep } = scene;
  onStep('The new tests are proven. Reviewing and accepting them.');
  await screen.editor.answerNotification(provenText, 'Review');
  await screen.editor.page.locator('.multiDiffEntry .view-line').first().waitFor();
  await screen.restMouse();
  await screen.editor.page.waitForTimeout(1_000);
  await shoot(scene, '3-diff');
  await screen.editor.press('ControlOrMeta+Enter');
  await screen.treeRow(/landed/).waitFor({ timeout: testLimitMs });
}

async function showLanded(scene: Scene): Promise<void> {
  const { screen, onStep } = scene;
  const { editor } = screen;
  const [landed = ''] = landedFiles(scene.workspace.folder);
  onStep(`Landed: ${landed}. Its tests pass in place.`);
  await editor.openFile(landed);
  await screen.openView('Testing');
  await screen.expand(landed);
  await screen.showFirstTest(landed);
  await shoot(scene, '4-landed');
  await screen.hoverStatus();
  await shoot(scene, '5-status');
  await screen.restMouse();
}

/** Auto save keeps the rule from firing: rules fire on what a person saves. */
async function showBug(scene: Scene): Promise<void> {
  const { screen, workspace, onStep } = scene;
  const { editor } = screen;
  const { bug, file } = workspace.edit;
  const [landed = ''] = landedFiles(workspace.folder);
  onStep(`Breaking one character of ${file}.`);
  await editor.runCommand('File: Toggle Auto Save');
  await editor.openFile(file);
  await typeText(scene, applyEdits(workspace.changed, [bug]));
  await screen.waitForFile(file, scene.text);
  await editor.openFile(landed);
  await screen.scrollToTop();
  await screen.clickLens('Run All Tests');
  await screen.statusItem(/tests red/).waitFor({ timeout: testLimitMs });
  await screen.showFirstProblem();
  await screen
    .lens(/failed/i)
    .first()
    .waitFor();
  await shoot(scene, '6-problems');
  onStep('Mending it.');
  await editor.openFile(file);
  await typeText(scene, workspace.changed);
  await screen.waitForFile(file, scene.text);
  await editor.openFile(landed);
  await screen.scrollToTop();
  await screen.clickLens('Run All Tests');
  await screen.statusItem(/Codegen Lab\s*$/).waitFor({ timeout: testLimitMs });
  await screen.showFirstTest(landed);
  await screen
    .lens(/failed/i)
    .first()
    .waitFor({ state: 'detached' });
  await screen.restMouse();
  await shoot(scene, '7-green-again');
}

async function typeText(scene: Scene, text: string): Promise<void> {
  await scene.screen.typeEdits(typedEdits(scene.text, text));
  scene.text = text;
}

function shoot({ screen, workspace }: Scene, name: string): Promise<string> {
  return screen.editor.screenshot(`${workspace.demo.name}/${name}`);
}
