import assert from 'node:assert/strict';
import { openEditor } from '../support/openEditor.ts';

describe('the packed extension', () => {
  it('offers authoring alone in Restricted Mode, and the rest once the folder is trusted', async () => {
    const editor = await openEditor({ trusted: false });
    await editor.waitForStatus('Restricted Mode');
    await editor.waitForStatus('Codegen Lab: restricted');
    await editor.openFile('.cursor/rules/generate-tests.mdc');
    assert.ok((await editor.statusBar()).includes('Rule (MDC)'));
    await editor.screenshot('restricted');
    await editor.grantTrust();
    await editor.waitForStatus('Codegen Lab: no model');
  });

  it('starts without a notification in a trusted folder', async () => {
    const editor = await openEditor({ trusted: true });
    await editor.waitForStatus('Codegen Lab: no model');
    assert.deepEqual(await editor.notifications(), []);
  });
});
