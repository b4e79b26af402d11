import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { EditorWindow } from '../../../scripts/host/editorWindow.ts';
import { eventually } from '../eventually.ts';
import { openEditor } from '../support/openEditor.ts';
import { readFile, source } from '../support/sampleScreen.ts';

const files: Readonly<Record<string, string>> = {
  '.cursor/rules/style.mdc': '---\ndescription: How we write\nalwaysApply: true\n---\nShort sentences.\n',
  '.cursor/rules/faulty.mdc': '---\ndescription: A slip\nglobs: "src/{a"\n---\nText\n',
  '.cursor/drafts/idea.mdc': '---\ndescription: Not yet\nglobs: src/**/*.js\n---\nAs @style.mdc says.\n',
};

function prepare(folder: string): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

describe('the view of the rules', () => {
  let editor: EditorWindow;

  const rows = (): Locator => editor.page.locator('[aria-label="Rules"] .monaco-list-row');
  const row = (name: string): Locator =>
    rows().filter({ has: editor.page.locator('.label-name', { hasText: new RegExp(`^${name}$`) }) });
  /** The group above a rule; undefined while it does not show. */
  const groupOf = async (name: string): Promise<string | undefined> => {
    let group: string | undefined;
    for (const each of await rows().all()) {
      const label = await each.locator('.label-name').innerText({ timeout: 1_000 });
      if ((await each.getAttribute('aria-level', { timeout: 1_000 })) === '1') group = label;
      else if (label === name) return group;
    }
    return undefined;
  };
  const waitForGroup = (name: string, group: string): Promise<void> =>
    eventually(async () => assert.equal(await groupOf(name), group));

  async function open(): Promise<void> {
    editor = await openEditor({ trusted: true, prepare });
    await editor.runCommand('Codegen Lab: Focus on Rules View');
    await row('style').waitFor();
  }

  /** As a person does who holds Shift, which puts into the text what else would open. */
  async function drag(from: Locator, text: string): Promise<void> {
    const { mouse, keyboard } = editor.page;
    const [start, end] = [
      await boxOf(from),
      await boxOf(editor.page.locator('.view-line', { hasText: text }).first()),
    ];
    const target = { x: end.x + end.width - 40, y: end.y + end.height / 2 };
    await mouse.move(start.x + 40, start.y + start.height / 2);
    await mouse.down();
    await mouse.move(start.x + 60, start.y + start.height / 2 + 4, { steps: 3 });
    await keyboard.down('Shift');
    await mouse.move(target.x - 20, target.y, { steps: 5 });
    await mouse.move(target.x, target.y, { steps: 5 });
    await editor.page.locator('.monaco-editor.dnd-target, .monaco-editor .dnd-target').first().waitFor();
    await mouse.up();
    await keyboard.up('Shift');
  }

  it('lists rules by kind, by folder and by file, explains one, and lets rules and files be dragged into one', async () => {
    await open();
    await waitForGroup('generate-tests', 'Triggered');
    await waitForGroup('style', 'Always');
    await waitForGroup('idea', 'Drafts');
    await waitForGroup('faulty', 'Not Active');
    await row('faulty').locator('.monaco-decoration-badge').waitFor();
    await editor.page.locator('.activitybar .badge-content').getByText('1', { exact: true }).waitFor();
    await editor.openFile(source);
    await group('By Folder');
    await waitForGroup('style', '.cursor/rules');
    await group('By Active File');
    await waitForGroup('style', 'Guides duration.js');
    await waitForGroup('generate-tests', 'Acts on duration.js');
    await editor.screenshot('rules/1-file');
    await group('By Kind');
    await waitForGroup('generate-tests', 'Triggered');
    await explainsOne();
    await takesWhatIsDragged();
  });

  async function group(label: string): Promise<void> {
    await editor.runCommand('Codegen Lab: Group Rules…');
    await editor.pickEntry(label);
  }

  it('makes a rule of a template, lets a draft act, and switches rules off and on', async () => {
    await open();
    await editor.runCommand('Codegen Lab: New Draft Rule…');
    await editor.answerInput('no-leftovers', 'New Draft Rule');
    await editor.pickEntry('Check');
    await editor.waitForText('Promote Draft', '.editor-container');
    await editor.type('Finds what was left over');
    await editor.save();
    await waitForGroup('no-leftovers', 'Drafts');
    await editor.runCommand('Codegen Lab: Promote Draft');
    await waitForGroup('no-leftovers', 'Triggered');
    assert.match(
      readFile(editor, '.cursor/rules/no-leftovers.mdc') ?? '',
      /^description: Finds what was left over$/m,
    );
    assert.equal(readFile(editor, '.cursor/drafts/no-leftovers.mdc'), undefined);

    await choose('style', 'Disable Rule');
    await waitForGroup('style', 'Not Active');
    assert.match(readFile(editor, '.cursor/rules/style.mdc') ?? '', /^enabled: false$/m);
    await editor.screenshot('rules/2-off');
    await choose('style', 'Enable Rule');
    await waitForGroup('style', 'Always');
    assert.equal(readFile(editor, '.cursor/rules/style.mdc'), files['.cursor/rules/style.mdc']);
  });

  /** From the menu of a row. */
  async function choose(name: string, entry: string): Promise<void> {
    await row(name).click({ button: 'right' });
    const chosen = editor.page.locator('.monaco-menu').getByText(entry, { exact: true });
    await chosen.click();
    // A menu does not take a click that comes right with its opening.
    await eventually(async () => {
      if (!(await chosen.isVisible())) return;
      await chosen.click({ timeout: 1_000 }).catch(() => undefined);
      assert.ok(!(await chosen.isVisible()));
    });
  }

  async function explainsOne(): Promise<void> {
    await choose('generate-tests', 'Explain Rule');
    const preview = editor.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await preview.getByRole('heading', { name: 'When it applies' }).waitFor();
    await editor.screenshot('rules/3-explained');
  }

  async function takesWhatIsDragged(): Promise<void> {
    await editor.openFile('.cursor/rules/faulty.mdc');
    // What stands over the text moves it when it comes.
    await editor.page.locator('.codelens-decoration', { hasText: 'Show Matches' }).first().waitFor();
    await drag(row('style'), 'Text');
    await editor.waitForText('style.mdc', '.view-lines');
    await editor.runCommand('View: Show Explorer');
    await drag(
      editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'package.json' }),
      'Text',
    );
    await editor.waitForText('package.json', '.view-lines');
    await editor.save();
    assert.match(readFile(editor, '.cursor/rules/faulty.mdc') ?? '', /^Text @style\.mdc @package\.json$/m);
  }
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Once it shows: a view draws its rows anew while it comes. */
async function boxOf(locator: Locator): Promise<Box> {
  return eventually(async () => {
    const box = await locator.boundingBox();
    assert.ok(box, 'it does not show');
    return box;
  });
}
