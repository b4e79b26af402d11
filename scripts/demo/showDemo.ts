import { join } from 'node:path';
import { EditorSession } from '../host/editorSession.ts';
import { createWorkspace, type DemoWorkspace, landedFiles } from './createWorkspace.ts';
import type { DemoContext } from './demoContext.ts';
import type { DemoPackage } from './demoPackages.ts';
import type { EditorTools } from './prepareDemo.ts';
import { runByHand } from './runByHand.ts';
import { runHeadless } from './runHeadless.ts';
import { runInEditor } from './runInEditor.ts';
import { showTimeline } from './showTimeline.ts';

/** Shows each package on the command line. Returns the names of those that did not do what they must. */
export async function showOnCommandLine(
  packages: readonly DemoPackage[],
  context: DemoContext,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const demo of packages) {
    announce(demo);
    const workspace = createWorkspace(context, demo, join(context.folder, 'headless'));
    if (!(await runHeadless(workspace, context, signal))) failed.push(demo.source);
  }
  return failed;
}

/** Shows each package in an editor, with screenshots. Returns the names of those that did not do what they must. */
export async function showInEditor(
  packages: readonly DemoPackage[],
  {
    context,
    tools,
    out,
  }: { readonly context: DemoContext; readonly tools: EditorTools; readonly out: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const session = new EditorSession({ install: tools.install, vsix: [tools.vsix], screenshots: out });
  const close = () => void session.close();
  signal.addEventListener('abort', close, { once: true });
  const failed: string[] = [];
  try {
    for (const demo of packages) {
      signal.throwIfAborted();
      announce(demo);
      const workspace = createWorkspace(context, demo, join(context.folder, 'editor'));
      const isShown = await tryInEditor(workspace, session, context);
      const isProven = await verify(workspace, session, { context, signal });
      if (!isShown || !isProven) failed.push(demo.source);
    }
  } finally {
    signal.removeEventListener('abort', close);
    await session.close();
  }
  return failed;
}

async function tryInEditor(
  workspace: DemoWorkspace,
  session: EditorSession,
  context: DemoContext,
): Promise<boolean> {
  const started = performance.now();
  const onStep = (text: string) =>
    console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(8)} s  ${text}`);
  try {
    await runInEditor(workspace, { session, context, onStep });
    return true;
  } catch (error) {
    console.error('The editor did not show what it must:', error instanceof Error ? error.message : error);
    return false;
  }
}

/** What the screen showed is held against the journal and the files. */
async function verify(
  workspace: DemoWorkspace,
  session: EditorSession,
  { context, signal }: { readonly context: DemoContext; readonly signal: AbortSignal },
): Promise<boolean> {
  const userFolder = await session.userFolder(true);
  if (userFolder === undefined) return false;
  const storage = join(userFolder, 'globalStorage', 'codegen-lab.codegen-lab');
  const hasLanded = await showTimeline(workspace, { root: context.root, storage }, signal);
  return runByHand(workspace, landedFiles(workspace.folder)) && hasLanded;
}

function announce({ source, rule }: DemoPackage): void {
  console.log(`\n=== ${source}: a change in the code, and tests for it by the rule ${rule} ===\n`);
}
