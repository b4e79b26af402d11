import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserStorage } from './journal/userStorage.ts';
import { createMachineHealth } from './machineHealth.ts';

describe('The health of this machine', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-health-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const storage = (): UserStorage => new UserStorage(folder);

  it('tells of folders whether they can be written, and what is free', async () => {
    const health = createMachineHealth(storage(), join(folder, 'not', 'there'), {});
    const { path, unwritable, freeBytes } = await health.storage();
    assert.deepEqual([path, unwritable], [join(folder, 'not', 'there'), undefined]);
    assert.ok(freeBytes !== undefined && freeBytes > 0);
  });

  it('says why a folder cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    const { unwritable } = await createMachineHealth(storage(), folder, {}).workspace(file);
    assert.equal(unwritable, 'it is no folder');
  });

  it('lists other living processes that write journals of the folder, once each', async () => {
    const owners = join(storage().workspace('/w'), 'owners');
    mkdirSync(owners, { recursive: true });
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60000)'], { stdio: 'ignore' });
    try {
      const started = (pid: number | undefined): string => {
        try {
          return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
        } catch {
          return '';
        }
      };
      const write = (name: string, value: unknown): void =>
        writeFileSync(join(owners, name), JSON.stringify(value));
      write('a.json', { pid: child.pid, started: started(child.pid) });
      write('b.json', { pid: child.pid, started: started(child.pid) });
      write('own.json', { pid: process.pid, started: started(process.pid) });
      write('reused.json', { pid: child.pid, started: 'another' });
      write('odd.json', { pid: 'x' });
      writeFileSync(join(owners, 'cut.json'), '{"pid":');
      const health = createMachineHealth(storage(), folder, {});
      assert.deepEqual(await health.otherProcesses('/w'), [child.pid]);
      assert.deepEqual(await health.otherProcesses('/other'), []);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('takes values of variables with telling names as secrets', () => {
    const environment = { MY_TOKEN: 'abcdef', PLAIN: 'ghijkl', DB_PASSWORD: 'mnopqr', SHORT_KEY: 'x' };
    const health = createMachineHealth(storage(), folder, environment);
    assert.deepEqual(health.secretValues(), ['abcdef', 'mnopqr']);
  });
});
