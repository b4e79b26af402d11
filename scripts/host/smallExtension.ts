import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../runTool.ts';

const manifest = {
  name: 'small',
  publisher: 'host-test',
  version: '0.0.1',
  license: 'MIT',
  engines: { vscode: '^1.105.0' },
  main: './main.cjs',
  activationEvents: ['onStartupFinished'],
  capabilities: { untrustedWorkspaces: { supported: 'limited', description: 'Says so.' } },
  contributes: {
    commands: [
      { command: 'small.greet', title: 'Greet', category: 'Small' },
      { command: 'small.ask', title: 'Ask', category: 'Small' },
    ],
    configuration: {
      properties: { 'small.name': { type: 'string', default: 'nobody', scope: 'application' } },
    },
  },
};

const main = `
const vscode = require('vscode');
exports.activate = (context) => {
  const item = vscode.window.createStatusBarItem();
  const trust = () => { item.text = vscode.workspace.isTrusted ? 'small is trusted' : 'small is restricted'; };
  trust();
  item.show();
  context.subscriptions.push(
    item,
    vscode.workspace.onDidGrantWorkspaceTrust(trust),
    vscode.commands.registerCommand('small.greet', async () => {
      const name = vscode.workspace.getConfiguration('small').get('name');
      item.text = 'hello ' + name;
      const answer = await vscode.window.showInformationMessage('Greeted ' + name + '.', 'Again');
      item.text = 'answered ' + answer;
    }),
    vscode.commands.registerCommand('small.ask', async () => {
      const answer = await vscode.window.showWarningMessage('Delete it all?', { modal: true }, 'Delete');
      item.text = 'asked ' + answer;
    }),
  );
};
`;

/** Writes an extension that shows the window's trust in the status bar, a toast (Greet) and a modal dialog (Ask). */
export function createSmallExtension(folder: string): string {
  const extension = join(folder, 'small');
  mkdirSync(extension, { recursive: true });
  writeFileSync(join(extension, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(extension, 'main.cjs'), main);
  writeFileSync(join(extension, 'README.md'), 'A small extension.\n');
  return extension;
}

/** Writes an extension whose one command answers 42. */
export function createFurtherExtension(folder: string): string {
  const extension = join(folder, 'further');
  mkdirSync(extension, { recursive: true });
  const command = { command: 'further.answer', title: 'Answer' };
  const own = { name: 'further', activationEvents: [], contributes: { commands: [command] } };
  writeFileSync(join(extension, 'package.json'), JSON.stringify({ ...manifest, ...own }));
  const code = `exports.activate = () => require('vscode').commands.registerCommand('further.answer', () => 42);`;
  writeFileSync(join(extension, 'main.cjs'), code);
  return extension;
}

/** Packs an extension and returns the VSIX. */
export async function packExtension(root: string, extension: string): Promise<string> {
  const path = `${extension}.vsix`;
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', path];
  const script = join(root, 'node_modules/@vscode/vsce/vsce');
  const { exitCode, output } = await runTool(extension, script, ['package', ...flags]);
  if (exitCode !== 0) throw new Error(`vsce could not make the VSIX:\n${output}`);
  return path;
}
