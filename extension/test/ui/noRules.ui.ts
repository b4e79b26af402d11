import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openEditor } from '../support/openEditor.ts';
import { source, waitForItem } from '../support/sampleScreen.ts';

const prepare = (folder: string): void => rmSync(join(folder, '.cursor'), { recursive: true });

describe('a folder without rules', () => {
  it('shows nothing of the extension until its view is opened, which says how to begin', async () => {
    const editor = await openEditor({ trusted: true, prepare });
    await editor.openFile(source);
    await editor.waitForStatus('JavaScript');
    assert.equal(await editor.page.locator('[id$="codegenLab.status"]').count(), 0);
    await editor.runCommand('Codegen Lab: Focus on Rules View');
    await waitForItem(editor, 'Codegen Lab: no rules');
    await editor.waitForText('New Rule', '.part.sidebar');
    assert.deepEqual(await editor.notifications(), []);
    await editor.screenshot('no-rules');
  });
});
