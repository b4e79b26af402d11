import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureHost, type HostInstall } from './install.ts';
import { killTree } from './processTree.ts';
import { currentHost } from './recipes.ts';
import { startHostServer } from './server.ts';
import { eventually, findProcesses } from './watchProcesses.ts';

const root = join(import.meta.dirname, '..', '..');

describe('startHostServer', () => {
  let install: HostInstall;

  before(async () => {
    install = await ensureHost(root, currentHost);
  });

  it('answers those who know the token, and nobody else', async () => {
    const server = await startHostServer({ install, trusted: true });
    try {
      const address = server.address(tmpdir());
      // It hands out a cookie and goes on without the token.
      assert.equal((await fetch(address, { redirect: 'manual' })).status, 302);
      assert.equal((await fetch(`http://${server.authority}/`)).status, 403);
    } finally {
      await server.stop();
    }
  });

  it('says what VS Code said when it does not start', async () => {
    const broken = { ...install, editor: join(root, 'no-such-folder') };
    await assert.rejects(
      startHostServer({ install: broken, trusted: true }),
      /ended with code 1[^]*Cannot find module/,
    );
  });

  it('says so when an extension cannot be installed', async () => {
    const options = { install, trusted: true, vsix: [join(root, 'no-such.vsix')] };
    await assert.rejects(startHostServer(options), /no-such\.vsix/);
  });
});

describe('killTree', () => {
  it('ends children of children, and those that left the tree but carry its mark', async () => {
    const mark = `test-${process.pid}`;
    const script = `
      const { spawn } = require('node:child_process');
      const seconds = (last) => String(980 + last);
      spawn('sleep', [seconds(7)]);
      spawn('sleep', [seconds(8)], { detached: true, env: { CODEGEN_LAB_HOST_RUN: '${mark}' } });
      spawn('sh', ['-c', 'setsid sleep "$0" &', seconds(9)], { env: { ...process.env, CODEGEN_LAB_HOST_RUN: '${mark}' } });
      setInterval(() => undefined, 1000);
    `;
    const sleepers = () => ['987', '988', '989'].flatMap((seconds) => findProcesses(`sleep ${seconds} `));
    const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
    try {
      await eventually(() => assert.equal(sleepers().length, 3));
    } finally {
      await killTree(child.pid ?? 0, mark);
    }
    assert.deepEqual(sleepers(), []);
  });
});

describe('ensureHost', () => {
  it('gives a Node and an editor that exist', async () => {
    const { node, editor } = await ensureHost(root, currentHost);
    assert.ok(existsSync(node));
    assert.ok(existsSync(join(editor, 'out/server-main.js')));
    assert.ok(existsSync(join(dirname(editor), 'vscode/extensions/node_modules/typescript')));
  });
});
