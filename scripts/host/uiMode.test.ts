import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EditorSession } from './editorSession.ts';
import type { EditorWindow } from './editorWindow.ts';
import { ensureHost } from './install.ts';

import { currentHost } from './recipes.ts';
import { createSmallExtension, packExtension } from './smallExtension.ts';
import { eventually, findProcesses } from './watchProcesses.ts';

const root = join(import.meta.dirname, '..', '..');

describe('a window in UI mode', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-ui-test-')));
  const workspace = join(folder, 'sample');
  let session: EditorSession;

  before(async () => {
    // Other windows may be open on this machine; those of this test are told apart by it.
    process.env['CODEGEN_LAB_TEST_RUN'] = folder;
    cpSync(join(root, 'test-fixtures/workspaces/sample'), workspace, { recursive: true });
    session = new EditorSession({
      install: await ensureHost(root, currentHost),
      vsix: [await packExtension(root, createSmallExtension(folder))],
      screenshots: join(root, 'out/screenshots/host'),
    });
  });

  after(async () => {
    await session.close();
    delete process.env['CODEGEN_LAB_TEST_RUN'];
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  describe('on a trusted folder', () => {
    let window: EditorWindow;

    before(async () => {
      window = await session.open({
        folder: workspace,
        trusted: true,
        settings: { 'small.name': 'a person' },
        theme: 'Default Dark Modern',
      });
    });

    after(() => window.close());

    it('has the extension and trust', async () => {
      await window.waitForStatus('small is trusted');
    });

    it('edits and saves a file as a person does', async () => {
      await window.openFile('src/duration.js');
      await window.goTo(1);
      await window.type('export const typed = [1];\n');
      await window.save();
      assert.match(
        readFileSync(join(workspace, 'src/duration.js'), 'utf8'),
        /^export const typed = \[1\];\n/,
      );
      assert.ok((await window.statusBar()).includes('Ln 2, Col 1'));
    });

    it('runs a command with a setting of application scope, and shows its toast', async () => {
      await window.runCommand('Small: Greet');
      await window.waitForStatus('hello a person');
      assert.match(await window.answerNotification('Greeted', 'Again'), /Greeted a person\./);
      await window.waitForStatus('answered Again');
    });

    it('shows a modal dialog and takes the answer', async () => {
      await window.runCommand('Small: Ask');
      assert.match(await window.acceptModal('Delete'), /Delete it all\?/);
      await window.waitForStatus('asked Delete');
    });

    it('says what the palette offers when a command is not there', async () => {
      await assert.rejects(
        window.runCommand('Small: Gree'),
        /"Small: Gree" is not in the list, which shows: Small: Greet/,
      );
    });

    it('reads the Problems panel', async () => {
      assert.deepEqual(await window.problems(), []);
    });

    it('writes a screenshot of the size of the window', async () => {
      const png = readFileSync(await window.screenshot('trusted'));
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1440, 900]);
    });
  });

  describe('on a folder that nobody has trusted', () => {
    it('starts in Restricted Mode and leaves it when trust is given', async () => {
      const other = join(folder, 'other');
      mkdirSync(other);
      const window = await session.open({ folder: other, trusted: false });
      await window.waitForStatus('Restricted Mode');
      await window.waitForStatus('small is restricted');
      await window.screenshot('restricted');
      await window.grantTrust();
      await window.waitForStatus('small is trusted');
      await window.close();
    });
  });

  it('leaves no extension host behind when it is closed', async () => {
    const hosts = () => findProcesses('--type=extensionHost', `CODEGEN_LAB_TEST_RUN=${folder}`);
    // The host of a window that another test has closed may take a moment to end.
    await eventually(() => assert.deepEqual(hosts(), []));
    const window = await session.open({ folder: workspace, trusted: true });
    await window.waitForStatus('small is trusted');
    assert.equal(hosts().length, 1);
    await window.close();
    await eventually(() => assert.deepEqual(hosts(), []));
  });
});
