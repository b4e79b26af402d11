import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Command, ProcessEnd } from '../../engine/ports/processes.ts';
import { SpawnProcesses } from '../spawnProcesses.ts';
import { resolveTrustedTool } from '../trustedTool.ts';
import { nobody } from './bubblewrap.ts';

const isRoot = process.getuid?.() === 0;
const canary = 'canary-0123456789';

describe('The bubblewrap sandbox', function () {
  this.timeout(30_000);
  let base = '';
  let tree = '';
  let workspace = '';
  let reports = '';
  const processes = new SpawnProcesses({
    environment: { ...process.env, ANTHROPIC_API_KEY: canary, MY_TOKEN: canary },
    isProtected: (path) => /(^|\/)(\.git|\.cursor|package\.json|\.github\/workflows)$/u.test(path),
  });

  before(async function () {
    if (process.platform !== 'linux' || resolveTrustedTool('bwrap') === undefined) this.skip();
    base = mkdtempSync(join(tmpdir(), 'codegen-lab-sandbox-'));
    // As closed as a home folder: as root, all of it has to be staged for nobody.
    chmodSync(base, 0o700);
    [tree, workspace, reports] = ['tree', 'home/user/ws', 'reports'].map((name) =>
      makeFolder(join(base, name)),
    ) as [string, string, string];
    writeFileSync(join(workspace, 'secret-of-the-user.txt'), canary);
    makeFolder(join(workspace, 'node_modules/dep'));
    writeFileSync(join(workspace, 'node_modules/dep/index.js'), 'module.exports = "from the workspace";');
    for (const folder of ['.git', '.cursor/rules', 'node_modules', 'sub/.github/workflows'])
      makeFolder(join(tree, folder));
    for (const file of [
      '.git/config',
      '.cursor/rules/a.mdc',
      'package.json',
      'code.txt',
      'sub/.github/workflows/ci.yml',
    ])
      writeFileSync(join(tree, file), '{}');
    symlinkSync('/etc', join(tree, 'escape'));
    give(tree);
    give(reports);
    const status = await processes.confinement(new AbortController().signal);
    assert.deepEqual(status, { kind: 'ready', how: 'bubblewrap', mountsTree: true });
  });
  after(() => {
    if (base !== '') rmSync(base, { recursive: true, force: true });
  });

  const command = (argv: Command['argv'], more: Partial<Command> = {}): Command => ({
    argv,
    cwd: workspace,
    env: {},
    timeoutMs: 20_000,
    maxOutputBytes: 100_000,
    confinement: {
      kind: 'sandbox',
      tree,
      mountAt: workspace,
      treeAccess: 'write',
      dependencies: ['node_modules'],
      writable: [reports],
    },
    ...more,
  });
  const run = (argv: Command['argv'], more?: Partial<Command>): Promise<ProcessEnd> =>
    processes.start(command(argv, more)).finished;
  const shell = (script: string, more?: Partial<Command>): Promise<ProcessEnd> =>
    run(['sh', '-c', script], more);

  it("shows the tree at the workspace's own path, and nothing of the workspace but its dependencies", async () => {
    const end = exited(await shell(`pwd; ls -A; cat code.txt; cat secret-of-the-user.txt 2>&1; ls ${base}`));
    assert.match(end.output, new RegExp(`^${workspace}\n`, 'u'));
    assert.match(end.output, /secret-of-the-user\.txt: No such file/u);
    assert.ok(!end.output.includes(canary));
    const node = exited(await run(['node', '-p', 'require("dep")']));
    assert.equal(node.output, 'from the workspace\n');
  });

  it('lets the tree and the report folder be written, and keeps what was written', async () => {
    assert.equal(
      exited(await shell(`echo new > made.txt && echo changed > code.txt && echo r > ${reports}/r.xml`)).code,
      0,
    );
    assert.equal(readFileSync(join(tree, 'made.txt'), 'utf8'), 'new\n');
    assert.equal(readFileSync(join(tree, 'code.txt'), 'utf8'), 'changed\n');
    assert.equal(readFileSync(join(reports, 'r.xml'), 'utf8'), 'r\n');
    assert.ok(!existsSync(join(workspace, 'made.txt')));
  });

  const refusedWrites: readonly (readonly [string, string])[] = [
    ['/etc/hostname', 'echo x > /etc/hostname'],
    ['/etc/passwd', 'echo x >> /etc/passwd'],
    ['/usr', 'echo x > /usr/pwn'],
    ['the root', 'echo x > /pwn'],
    ['/dev', 'echo x > /dev/pwn'],
    ['core_pattern', 'echo x > /proc/sys/kernel/core_pattern'],
    ['.git', 'echo x > .git/config'],
    ['a new hook', 'mkdir -p .git/hooks && echo x > .git/hooks/pre-commit'],
    ['a rule', 'echo x > .cursor/rules/a.mdc'],
    ['package.json', 'echo x > package.json'],
    ['a replaced package.json', 'mv code.txt package.json'],
    ['a moved .git', 'mv .git gone'],
    ['a nested workflow', 'echo x > sub/.github/workflows/ci.yml'],
    ['a dependency', 'echo x > node_modules/dep/index.js'],
    ['a link that leads out', 'echo x > escape/pwn'],
    ['another folder of the machine', `mkdir -p ${'/var/tmp/codegen-lab-pwn'}`],
    ['a mount', 'mount -t tmpfs none /mnt'],
    ['a remount of the root', 'mount -o remount,rw,bind / && echo x > /pwn'],
    ['a namespace of its own', 'unshare --user --map-root-user true'],
    ['a sandbox inside the sandbox', 'bwrap --ro-bind / / true'],
    ['another user', 'setpriv --reuid 0 true'],
  ];
  for (const [what, script] of refusedWrites) {
    it(`refuses to touch ${what}`, async () => {
      const before = stateOf(tree);
      assert.notEqual(exited(await shell(script)).code, 0);
      assert.equal(stateOf(tree), before);
    });
  }

  it('holds no capability and is not root', async () => {
    const status = exited(await shell('cat /proc/self/status')).output;
    assert.match(status, /^CapEff:\s+0+$/mu);
    assert.match(status, /^CapBnd:\s+0+$/mu);
    assert.match(status, /^NoNewPrivs:\s+1$/mu);
    assert.match(status, new RegExp(`^Uid:\\s+${isRoot ? nobody : process.getuid?.()}\\s`, 'mu'));
  });

  it('passes an allow-list of the environment and no key', async () => {
    const end = exited(await shell('env; cat /proc/*/environ', { env: { ADDED: 'yes' } }));
    assert.ok(!end.output.includes(canary));
    assert.match(end.output, /^ADDED=yes$/mu);
    assert.match(end.output, /^HOME=/mu);
  });

  it('sees no process of the machine', async () => {
    const pids = exited(await shell('ls /proc | grep -c "^[0-9]"')).output.trim();
    assert.ok(Number(pids) < 8, pids);
  });

  it('reaches no network, not even services of this machine', async () => {
    const server = createServer((socket) => socket.end('reached'));
    const port = await listen(server);
    try {
      const script = `const net = require("net"); const out = {};
        const knock = (name, where) => new Promise((done) => { const s = net.connect(where); const end = (why) => { out[name] = why; s.destroy(); done(); };
          s.on("connect", () => end("reached")); s.on("error", (e) => end(e.code)); s.setTimeout(2000, () => end("timeout")); });
        Promise.all([knock("loopback", {host: "127.0.0.1", port: ${port}}), knock("internet", {host: "1.1.1.1", port: 80}), knock("docker", {path: "/var/run/docker.sock"})])
          .then(() => require("dns").lookup("example.com", (e) => { out.dns = e ? e.code : "reached"; console.log(JSON.stringify(out)); }));`;
      const seen = JSON.parse(exited(await run(['node', '-e', script])).output) as Record<string, string>;
      assert.deepEqual(Object.keys(seen).toSorted(), ['dns', 'docker', 'internet', 'loopback']);
      for (const [name, result] of Object.entries(seen)) assert.notEqual(result, 'reached', name);
    } finally {
      server.close();
    }
  });

  it('lets a test talk to a server of its own on loopback', async () => {
    const script =
      'const net = require("net"); const s = net.createServer((c) => c.end("hi")).listen(0, "127.0.0.1", () => net.connect(s.address().port, "127.0.0.1").on("data", (d) => { console.log(String(d)); s.close(); }))';
    assert.equal(exited(await run(['node', '-e', script])).output, 'hi\n');
  });

  it('does not let a tree that is to be read only be written', async () => {
    const confinement = {
      kind: 'sandbox',
      tree: workspace,
      mountAt: workspace,
      treeAccess: 'read',
      dependencies: ['node_modules'],
      writable: [reports],
    } as const;
    const end = exited(
      await shell('cat secret-of-the-user.txt; echo x > new.txt; echo x > secret-of-the-user.txt', {
        confinement,
      }),
    );
    assert.ok(end.output.startsWith(canary));
    assert.notEqual(end.code, 0);
    assert.deepEqual(readdirSync(workspace).toSorted(), ['node_modules', 'secret-of-the-user.txt']);
    assert.equal(readFileSync(join(workspace, 'secret-of-the-user.txt'), 'utf8'), canary);
  });

  it('tells a missing program from a refusal', async () => {
    const missing = await run(['no-such-runner']);
    assert.ok(missing.kind === 'couldNotStart' && missing.why === 'missing', JSON.stringify(missing));
    const confinement = {
      kind: 'sandbox',
      tree,
      mountAt: '/proc',
      treeAccess: 'write',
      dependencies: [],
      writable: [],
    } as const;
    const refused = await run(['true'], { confinement });
    assert.ok(refused.kind === 'couldNotStart' && refused.why === 'refused', JSON.stringify(refused));
  });

  it('names the program that its user may not execute', async function () {
    if (!isRoot) this.skip();
    const program = join(base, 'closed');
    writeFileSync(program, '#!/bin/sh\n');
    chmodSync(program, 0o700);
    const end = await run([program as string]);
    assert.ok(end.kind === 'couldNotStart' && end.why === 'refused');
    assert.ok(end.message.includes(program), end.message);
  });

  it('runs node --test, whose report is then ours to read', async () => {
    writeFileSync(
      join(tree, 'a.test.js'),
      'require("node:test").test("adds", () => { require("assert").equal(1 + 1, 2); });',
    );
    const report = join(reports, 'node.xml');
    const end = exited(
      await run([
        'node',
        '--test',
        '--test-reporter=junit',
        `--test-reporter-destination=${report}`,
        'a.test.js',
      ]),
    );
    assert.equal(end.code, 0, end.output);
    assert.match(readFileSync(report, 'utf8'), /testcase name="adds"[\s\S]*<\/testsuites>/u);
  });

  it('runs pytest of the interpreter on PATH, wherever that is installed', async () => {
    writeFileSync(join(tree, 'test_a.py'), 'def test_adds():\n    assert 1 + 1 == 2\n');
    const report = join(reports, 'pytest.xml');
    const end = exited(
      await run(['python3', '-m', 'pytest', '-p', 'no:cacheprovider', `--junitxml=${report}`, 'test_a.py']),
    );
    assert.equal(end.code, 0, end.output);
    assert.match(readFileSync(report, 'utf8'), /testcase classname="test_a" name="test_adds"/u);
  });

  it("runs pytest of the workspace's virtual environment", async () => {
    execFileSync(
      'python3',
      ['-m', 'venv', '--without-pip', '--system-site-packages', join(workspace, '.venv')],
      { stdio: 'ignore' },
    );
    const confinement = { ...sandboxOf(command(['true'])), dependencies: ['.venv'] };
    const end = exited(
      await run(
        [join(workspace, '.venv/bin/python'), '-m', 'pytest', '-p', 'no:cacheprovider', 'test_a.py'],
        { confinement },
      ),
    );
    assert.match(end.output, /1 passed/u);
  });

  it('holds in the same way for an ordinary user', async function () {
    if (!isRoot) this.skip();
    const user = 54_321;
    const home = mkdtempSync(join(tmpdir(), 'codegen-lab-user-'));
    try {
      chownSync(home, user, user);
      // Bundled into a place that this user can read: the checkout may lie below somebody's home.
      buildSync({
        entryPoints: [join(import.meta.dirname, '..', 'spawnProcesses.ts')],
        bundle: true,
        platform: 'node',
        format: 'esm',
        outfile: join(home, 'spawnProcesses.mjs'),
      });
      const asUser = (script: string): string =>
        execFileSync(
          'setpriv',
          [
            `--reuid=${user}`,
            `--regid=${user}`,
            '--clear-groups',
            process.execPath,
            '--input-type=module-typescript',
            '-e',
            script,
          ],
          { cwd: home, env: { ...process.env, HOME: home }, encoding: 'utf8' },
        );
      const output =
        asUser(`import { SpawnProcesses } from ${JSON.stringify(join(home, 'spawnProcesses.mjs'))};
        const processes = new SpawnProcesses({ environment: process.env, isProtected: (path) => path === 'package.json' });
        const confinement = { kind: 'sandbox', tree: ${JSON.stringify(home)}, mountAt: '/home/other/ws', treeAccess: 'write', dependencies: [], writable: [] };
        const script = 'id -u; grep CapEff /proc/self/status; echo x > made; echo x > /proc/sys/kernel/core_pattern; echo x > /etc/hostname; true';
        console.log(JSON.stringify(await processes.start({ argv: ['sh', '-c', script], cwd: '/home/other/ws', env: {}, timeoutMs: 5000, maxOutputBytes: 10000, confinement }).finished));`);
      const end = exited(JSON.parse(output) as ProcessEnd);
      assert.match(end.output, new RegExp(`^${user}\nCapEff:\\s+0+\n`, 'u'));
      assert.equal(end.output.match(/cannot create/gu)?.length, 2);
      assert.ok(existsSync(join(home, 'made')));
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

/** Hands a folder with all in it to the user of the sandbox. */
function give(folder: string): void {
  if (!isRoot) return;
  execFileSync('chown', ['-R', '-h', `${nobody}:${nobody}`, folder]);
}

function stateOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files
    .map(
      (entry) =>
        `${join(entry.parentPath, entry.name)}\n${readFileSync(join(entry.parentPath, entry.name), 'utf8')}`,
    )
    .join('\n');
}

function sandboxOf(command: Command): Extract<Command['confinement'], { kind: 'sandbox' }> {
  assert.ok(command.confinement.kind === 'sandbox');
  return command.confinement;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      assert.ok(address !== null && typeof address === 'object');
      resolve(address.port);
    });
  });
}

function exited(end: ProcessEnd): Extract<ProcessEnd, { kind: 'exited' }> {
  assert.ok(end.kind === 'exited', JSON.stringify(end));
  return end;
}
