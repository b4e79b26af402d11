import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const systemNode = process.env['CODEGEN_LAB_SYSTEM_NODE'] ?? process.execPath;

const tasks = {
  echo: `/** Prints what it was given. */
console.log(JSON.stringify({ args: process.argv.slice(2), node: Number(process.versions.node.split('.')[0]),
  systemNode: process.env.CODEGEN_LAB_SYSTEM_NODE, cwd: process.cwd() } satisfies object));`,
  fail: `/**
 * Ends with code 7.
 */
process.exitCode = 7;`,
  wait: `process.on('SIGTERM', () => process.exit(9));
setTimeout(() => process.exit(1), 20_000);
console.log('ready');`,
};

describe('run.mjs', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-run-'));
    mkdirSync(join(folder, 'scripts', 'tasks'), { recursive: true });
    for (const file of readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.mjs'))) {
      copyFileSync(join(root, 'scripts', file), join(folder, 'scripts', file));
    }
    prepareBy(`import { writeFileSync } from 'node:fs';\nwriteFileSync('prepared', '' satisfies string);`);
    for (const [name, source] of Object.entries(tasks))
      writeFileSync(join(folder, 'scripts', 'tasks', `${name}.ts`), source);
    writeLock('1.0.0');
    shareDevelopmentNode();
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('runs a task of a bare clone with a Node that reads TypeScript', () => {
    const { status, stdout, stderr } = run('echo', 'a b', '--c');
    assert.equal(status, 0, stderr);
    const told = JSON.parse(stdout) as { args: string[]; node: number; systemNode: string; cwd: string };
    assert.deepEqual(told.args, ['a b', '--c']);
    assert.ok(told.node >= 24);
    assert.equal(told.systemNode, systemNode);
    assert.equal(told.cwd, folder);
    assert.ok(existsSync(join(folder, 'prepared')));
  });

  it('runs no task whose sources could not be generated', () => {
    prepareBy('process.exitCode = 3;');
    const { status, stdout } = run('echo');
    assert.deepEqual({ status, stdout }, { status: 3, stdout: '' });
  });

  it('installs the dependencies once, and again when the lock file changes', () => {
    assert.match(run('echo').stderr, /Installing the dependencies/);
    assert.equal(run('echo').stderr, '');
    writeLock('1.0.1');
    assert.match(run('echo').stderr, /Installing the dependencies/);
  });

  it('says that the install failed, and runs nothing', () => {
    const manifest = { name: 'bare', version: '1.0.0', dependencies: { mocha: '12.0.3' } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    const { status, stdout, stderr } = run('echo');
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /npm ci .* failed/);
    assert.ok(!existsSync(join(folder, '.tools', 'install.lock')));
  });

  it('lets one of two tasks install while the other waits', async () => {
    const runs = await Promise.all([runAsync('echo'), runAsync('echo')]);
    assert.deepEqual(
      runs.map(({ code }) => code),
      [0, 0],
    );
    assert.equal(runs.filter(({ stderr }) => stderr.includes('Installing the dependencies')).length, 1);
  });

  it('takes over the lock of an install that was killed', () => {
    const lock = join(folder, '.tools', 'install.lock');
    mkdirSync(lock, { recursive: true });
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(join(lock, 'pid'), String(pid));
    assert.equal(run('echo').status, 0);
    assert.ok(!existsSync(lock));
  });

  it('gives the exit code of the task', () => {
    assert.equal(run('fail').status, 7);
  });

  it('hands a signal to the task and waits for its end', async () => {
    const child = start('wait');
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill('SIGTERM');
    assert.equal(await new Promise((resolve) => child.once('close', resolve)), 9);
  });

  for (const name of ['nothing', '../echo', undefined]) {
    it(`lists the tasks for ${name ? `the unknown "${name}"` : 'no name at all'}`, () => {
      const { status, stderr } = name ? run(name) : run();
      assert.equal(status, 2);
      assert.match(stderr, /^ {2}echo +Prints what it was given\.$/m);
      assert.match(stderr, /^ {2}fail +Ends with code 7\.$/m);
    });
  }

  /** @param source of what generates the sources that a task imports */
  function prepareBy(source: string): void {
    writeFileSync(join(folder, 'scripts', 'prepareSources.ts'), source);
  }

  function writeLock(version: string): void {
    const manifest = { name: 'bare', version, type: 'module' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    const lock = { ...manifest, lockfileVersion: 3, packages: { '': manifest } };
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  }

  /** The development Node was installed for this very run; the copy need not fetch it again. */
  function shareDevelopmentNode(): void {
    mkdirSync(join(folder, '.tools'));
    if (!existsSync(join(root, '.tools'))) return;
    for (const name of readdirSync(join(root, '.tools')).filter((entry) => entry.startsWith('node-'))) {
      symlinkSync(join(root, '.tools', name), join(folder, '.tools', name), 'dir');
    }
  }

  function environment(): NodeJS.ProcessEnv {
    const { CODEGEN_LAB_SYSTEM_NODE: _, ...rest } = process.env;
    // Some machines configure npm in a way that makes it warn at every start.
    return { ...rest, npm_config_loglevel: 'error' };
  }

  function run(...args: readonly string[]) {
    const options = { cwd: folder, env: environment(), encoding: 'utf8', timeout: 50_000 } as const;
    return spawnSync(systemNode, [join(folder, 'scripts', 'run.mjs'), ...args], options);
  }

  function start(...args: readonly string[]): ChildProcess {
    return spawn(systemNode, [join(folder, 'scripts', 'run.mjs'), ...args], {
      cwd: folder,
      env: environment(),
    });
  }

  function runAsync(task: string): Promise<{ code: number | null; stderr: string }> {
    const child = start(task);
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
  }
});
