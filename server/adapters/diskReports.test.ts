import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskReports } from './diskReports.ts';

describe('Report folders on the disk', () => {
  let base = '';
  before(() => {
    base = mkdtempSync(join(tmpdir(), 'codegen-lab-reports-'));
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  it('gives what a runner wrote, and tells what it did not', async () => {
    const folder = await createDiskReports(base).open();
    writeFileSync(join(folder.location, 'a.xml'), 'text');
    writeFileSync(join(base, 'secret'), 'secret');
    symlinkSync(join(base, 'secret'), join(folder.location, 'link'));
    assert.deepEqual(await folder.read('a.xml', 10), { kind: 'text', text: 'text' });
    assert.deepEqual(await folder.read('a.xml', 3), { kind: 'tooLarge', bytes: 4 });
    assert.deepEqual(await folder.read('none', 10), { kind: 'missing' });
    for (const name of ['link', '../owner.json', '..', '', 'a/b'])
      assert.equal((await folder.read(name, 100)).kind, 'unreadable', name);
    await folder.dispose();
    assert.ok(!existsSync(folder.location));
  });

  it('can be written by the sandbox', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const folder = await createDiskReports(base).open();
    assert.equal(statSync(folder.location).uid, 65534);
    await folder.dispose();
  });
});
