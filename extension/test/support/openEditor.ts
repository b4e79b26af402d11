import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyWorkspace } from '../../../scripts/host/copyWorkspace.ts';
import { EditorSession, type SessionWindowOptions } from '../../../scripts/host/editorSession.ts';
import type { EditorWindow } from '../../../scripts/host/editorWindow.ts';
import { ensureHost } from '../../../scripts/host/install.ts';
import { currentHost } from '../../../scripts/host/recipes.ts';

export interface OpenEditorOptions extends Omit<SessionWindowOptions, 'folder'> {
  /** A folder of `test-fixtures/workspaces`, of which the window gets a fresh copy; `sample` by default. */
  readonly workspace?: string;
  /** Changes the copy before the window opens. */
  readonly prepare?: (folder: string) => Promise<void> | void;
}

const root = join(import.meta.dirname, '..', '..', '..');
const folders: string[] = [];
let session: Promise<EditorSession> | undefined;

/**
 * Opens a window with the packed extension, which the lane names, on a fresh copy of a workspace.
 * The window is closed with the end of the test.
 */
export async function openEditor({
  workspace: name = 'sample',
  prepare,
  ...options
}: OpenEditorOptions): Promise<EditorWindow> {
  session ??= createSession();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'codegen-lab-ui-')));
  folders.push(folder);
  const workspace = await copyWorkspace(root, name, folder);
  await prepare?.(workspace);
  return (await session).open({ ...options, folder: workspace });
}

async function createSession(): Promise<EditorSession> {
  const vsix = process.env['CODEGEN_LAB_VSIX'];
  if (vsix === undefined) throw new Error('There is no packed extension here: npm test -- ui packs one.');
  return new EditorSession({
    install: await ensureHost(root, currentHost),
    vsix: [vsix],
    screenshots: join(root, 'out/screenshots/ui'),
  });
}

afterEach('shows the screens of a failure and closes the windows', async function () {
  if (!session) return;
  const { windows } = await session;
  for (const [index, window] of windows.entries()) {
    const name = `failed-${this.currentTest?.title.replaceAll(/\W+/g, '-')}-${index + 1}`;
    if (this.currentTest?.state === 'failed') await window.screenshot(name);
    await window.close();
  }
});

after('closes the editor', async function () {
  await (await session?.catch(() => undefined))?.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});
