import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileConsent, type FileConsent } from './fileConsent.ts';
import { UserStorage } from './journal/userStorage.ts';

describe('approvals in the user’s storage', () => {
  let folder: string;
  let consent: FileConsent;

  const open = (): FileConsent => createFileConsent(new UserStorage(folder), () => true);
  const file = (): string => join(new UserStorage(folder).workspace('/w'), 'approvals.json');
  const allow = (ruleId: string, ruleHash: string, text = `text of ${ruleHash}`): Promise<void> =>
    consent.record('/w', [{ ruleId, ruleHash, decision: 'allowed', text, fileHash: 'f' }]);
  const kept = async (): Promise<readonly string[]> =>
    (await consent.approvals('/w')).map(
      ({ ruleId, ruleHash, text }) => `${ruleId} ${ruleHash} ${text ?? '-'}`,
    );

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-consent-'));
    consent = open();
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are known to another process, with when and what', async () => {
    const before = Date.now();
    await allow('a.mdc', 'h1');
    assert.equal(await open().approvalOf('/w', 'a.mdc', 'h1'), 'allowed');
    const [only] = await open().approvals('/w');
    assert.ok(only && only.at >= before && only.at <= Date.now());
    assert.deepEqual([only.text, only.fileHash], ['text of h1', 'f']);
    assert.deepEqual([open().hasApproved('/w'), open().hasApproved('/other')], [true, false]);
    assert.equal(await open().approvalOf('/other', 'a.mdc', 'h1'), undefined);
  });

  it('hold for each text that was approved, and show only the newest', async () => {
    await allow('a.mdc', 'h1');
    await allow('b.mdc', 'h1');
    await allow('a.mdc', 'h2');
    assert.deepEqual(await kept(), ['a.mdc h1 -', 'b.mdc h1 text of h1', 'a.mdc h2 text of h2']);
    assert.equal(await consent.approvalOf('/w', 'a.mdc', 'h1'), 'allowed');
  });

  it('are replaced by what is said of the same text later', async () => {
    await allow('a.mdc', 'h1');
    await consent.record('/w', [{ ruleId: 'a.mdc', ruleHash: 'h1', decision: 'denied' }]);
    assert.equal(await consent.approvalOf('/w', 'a.mdc', 'h1'), 'denied');
    assert.deepEqual([await kept(), consent.hasApproved('/w')], [['a.mdc h1 -'], false]);
  });

  it('are taken back by rule, or all of them', async () => {
    await allow('a.mdc', 'h1');
    await allow('b.mdc', 'h1');
    await consent.revoke('/w', ['a.mdc']);
    assert.deepEqual(await kept(), ['b.mdc h1 text of h1']);
    await consent.revoke('/w', 'all');
    assert.deepEqual(await kept(), []);
  });

  it('stay bounded: a very long text and the oldest of very many are left out', async () => {
    await allow('a.mdc', 'long', 'x'.repeat(70_000));
    assert.deepEqual(await kept(), ['a.mdc long -']);
    for (let at = 0; at < 25; at += 1) await allow('a.mdc', `h${at}`);
    const hashes = (await consent.approvals('/w')).map(({ ruleHash }) => ruleHash);
    assert.deepEqual([hashes.length, hashes[0], hashes.at(-1)], [20, 'h5', 'h24']);
  });

  it('keep answers of several at once', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => allow(`${name}.mdc`, 'h1')));
    assert.equal((await consent.approvals('/w')).length, 4);
  });

  for (const damaged of ['', '{', '{}', '[{"ruleId":"a.mdc","ruleHash":"h1","decision":"always"}]', 'null'])
    it(`approve nothing where the file holds ${damaged === '' ? 'nothing' : damaged}`, async () => {
      await allow('a.mdc', 'h1');
      writeFileSync(file(), damaged);
      assert.equal(await consent.approvalOf('/w', 'a.mdc', 'h1'), undefined);
      assert.deepEqual(await kept(), []);
    });

  it('of an older version are kept, without what they did not hold', async () => {
    await allow('b.mdc', 'h2');
    const older = { ruleId: 'a.mdc', ruleHash: 'h1', decision: 'allowed', at: '2026-11-01T00:00:00.000Z' };
    writeFileSync(file(), JSON.stringify([older]));
    assert.deepEqual(await consent.approvals('/w'), [{ ...older, at: Date.parse(older.at) }]);
    await allow('b.mdc', 'h2');
    assert.match(readFileSync(file(), 'utf8'), /"a\.mdc"/);
  });
});
