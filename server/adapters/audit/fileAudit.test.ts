import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewAuditEntry } from '../../protocol/audit.ts';
import { UserStorage } from '../journal/userStorage.ts';
import { auditFolder, auditKey } from './auditFolder.ts';
import { readAuditLine } from './auditFrame.ts';
import { createFileAudit } from './fileAudit.ts';

describe('the audit log on disk', () => {
  let home: string;
  let root: string;
  let storage: UserStorage;
  let time: number;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'audit-'));
    root = join(home, 'workspace');
    mkdirSync(root);
    storage = new UserStorage(join(home, 'storage'));
    time = 0;
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const open = (maxFileBytes?: number, maxFiles?: number) =>
    createFileAudit(storage, {
      now: () => (time += 1),
      user: 'ada',
      ...(maxFileBytes === undefined ? {} : { maxFileBytes }),
      ...(maxFiles === undefined ? {} : { maxFiles }),
    });
  const entry = (run: string): NewAuditEntry => ({
    run,
    who: { kind: 'person' },
    right: { kind: 'trust' },
    decision: 'allowed',
    by: { kind: 'person' },
  });
  const path = (name = '000001.jsonl'): string => join(auditFolder(storage, root), name);
  const lines = (): string[] => readFileSync(path(), 'utf8').split('\n').slice(0, -1);
  const rewrite = (changed: readonly string[]): void =>
    writeFileSync(path(), changed.map((line) => `${line}\n`).join(''));
  /** One line each. */
  async function write(...runs: readonly string[]): Promise<void> {
    const log = open();
    for (const run of runs) await log.note(root, entry(run));
  }

  it('reads back what two processes wrote in turns, as one log', async () => {
    const [even, odd] = [open(), open()];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? even : odd).note(root, entry(`run${index}`)),
      ),
    );
    const { entries, problems, cut, foreign } = open().read(root);
    assert.deepEqual([problems, cut, foreign], [[], false, false]);
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      Array.from({ length: 20 }, (_, index) => index),
    );
    assert.equal(new Set(entries.map(({ run }) => run)).size, 20);
    assert.deepEqual([entries[0]?.user, entries[0]?.v], ['ada', 1]);
  });

  it('writes what comes while the disk is busy together', async () => {
    const log = open();
    await Promise.all(Array.from({ length: 200 }, () => log.note(root, entry('r'))));
    assert.equal(log.read(root).entries.length, 200);
    assert.ok(lines().length <= 3, `${lines().length} lines`);
  });

  it('goes on in another file, and keeps the chain over both', async () => {
    const log = open(300);
    for (const run of ['a', 'b', 'c', 'd']) await log.note(root, entry(run));
    assert.ok(readdirSync(auditFolder(storage, root)).filter((name) => name.endsWith('.jsonl')).length > 1);
    await open(300).note(root, entry('e'));
    const { entries, problems } = log.read(root);
    assert.deepEqual([entries.map(({ run }) => run), problems], [['a', 'b', 'c', 'd', 'e'], []]);
    rmSync(path());
    assert.deepEqual(
      log.read(root).problems.map(({ kind, entries }) => [kind, entries?.[0]]),
      [['missing', 0]],
    );
  });

  const files = (): readonly string[] =>
    readdirSync(auditFolder(storage, root)).filter((name) => name.endsWith('.jsonl'));

  it('drops its oldest files where there are too many, and vouches for what is left', async () => {
    for (let index = 0; index < 40; index += 1) await open(300, 3).note(root, entry(`run${index}`));
    const { entries, problems, forgotten } = open().read(root);
    assert.deepEqual([files().length, problems], [3, []]);
    assert.ok(forgotten > 20 && entries[0]?.seq === forgotten, `${forgotten}`);
    assert.equal(entries.at(-1)?.run, 'run39');
    const [told] = entries.filter(({ right }) => right.kind === 'forget');
    assert.deepEqual([told?.who.kind, told?.decision], ['program', 'noted']);
  });

  it('tells what was dropped from what somebody took away', async () => {
    for (let index = 0; index < 40; index += 1) await open(300, 3).note(root, entry(`run${index}`));
    const [first = '', second = ''] = files();
    const kept = readFileSync(path(first));
    rmSync(path(first));
    const missing = open().read(root);
    assert.deepEqual(
      [missing.forgotten, missing.problems.map(({ kind, line }) => [kind, line])],
      [0, [['missing', 1]]],
    );
    writeFileSync(path(first), kept.subarray(kept.indexOf(0x0a) + 1));
    assert.deepEqual(
      open()
        .read(root)
        .problems.map(({ kind }) => kind),
      ['missing'],
    );
    writeFileSync(path(first), kept);
    rmSync(path(second));
    assert.deepEqual(
      open()
        .read(root)
        .problems.map(({ kind }) => kind),
      ['missing'],
    );
  });

  it('is whole also where a process ended before the old files were gone', async () => {
    for (let index = 0; index < 3; index += 1) await open(1, 3).note(root, entry(`run${index}`));
    const [oldest = ''] = files();
    const old = readFileSync(path(oldest));
    await open(1, 3).note(root, entry('run3'));
    assert.equal(open().read(root).forgotten, 1);
    writeFileSync(path(oldest), old);
    const { entries, problems, forgotten } = open().read(root);
    assert.deepEqual([entries[0]?.run, problems, forgotten], ['run0', [], 0]);
    await open(1, 3).note(root, entry('run4'));
    assert.deepEqual([open().read(root).problems, files().length], [[], 3]);
  });

  const damages: readonly (readonly [
    string,
    (text: readonly string[]) => readonly string[],
    object[],
    string,
  ])[] = [
    [
      'an altered entry',
      ([a = '', b = '', ...rest]) => [a, b.replace('allowed', 'denied'), ...rest],
      [{ line: 2, kind: 'altered', entries: [1, 1] }],
      'acd',
    ],
    [
      'a removed entry',
      ([a = '', _b, ...rest]) => [a, ...rest],
      [{ line: 2, kind: 'missing', entries: [1, 1] }],
      'acd',
    ],
    [
      'two removed at the start',
      ([_a, _b, ...rest]) => rest,
      [{ line: 1, kind: 'missing', entries: [0, 1] }],
      'cd',
    ],
    [
      'garbage in between',
      ([a = '', b = '', ...rest]) => [a, b, 'x', ...rest],
      [{ line: 3, kind: 'unreadable' }],
      'abcd',
    ],
    [
      'a garbled line',
      ([a = '', _b, ...rest]) => [a, 'x', ...rest],
      [{ line: 2, kind: 'unreadable', entries: [1, 1] }],
      'acd',
    ],
    [
      'a repeated entry',
      ([a = '', b = '', ...rest]) => [a, b, b, ...rest],
      [{ line: 3, kind: 'moved', entries: [1, 1] }],
      'abbcd',
    ],
    [
      'an altered last entry',
      ([a = '', b = '', c = '', d = '']) => [a, b, c, d.replace('ada', 'bob')],
      [{ line: 4, kind: 'altered' }],
      'abc',
    ],
  ];
  for (const [name, damage, problems, vouched] of damages)
    it(`names ${name}`, async () => {
      await write('a', 'b', 'c', 'd');
      rewrite(damage(lines()));
      const read = open().read(root);
      assert.deepEqual(
        read.problems,
        problems.map((problem) => ({ file: path(), ...problem })),
      );
      assert.equal(read.entries.map(({ run }) => run).join(''), vouched);
    });

  it('finds every flipped bit of a line', async () => {
    await write('a');
    const line = Buffer.from(lines()[0] ?? '');
    const key = auditKey(storage, root);
    assert.equal(typeof readAuditLine(key, line), 'object');
    for (let bit = 0; bit < line.length * 8; bit += 1) {
      const flipped = Buffer.from(line);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      assert.equal(typeof readAuditLine(key, flipped), 'string', `bit ${bit}`);
    }
  });

  it('cuts off what a process did not finish, and goes on after it', async () => {
    await write('a');
    appendFileSync(path(), '{"after":"');
    assert.deepEqual(open().read(root).cut, true);
    await write('b');
    const { entries, cut, problems } = open().read(root);
    assert.deepEqual([entries.map(({ run }) => run), cut, problems], [['a', 'b'], false, []]);
  });

  it('goes on after damage, which stays to be seen', async () => {
    await write('a', 'b');
    rewrite(lines().map((line) => line.replace('"run":"b"', '"run":"x"')));
    await write('c');
    const { entries, problems } = open().read(root);
    assert.deepEqual([entries.map(({ run }) => run), problems.map(({ line }) => line)], [['a', 'c'], [2]]);
  });

  it('does not vouch for the log of another installation', async () => {
    await write('a', 'b');
    const text = readFileSync(path());
    storage = new UserStorage(join(home, 'other'));
    mkdirSync(auditFolder(storage, root), { recursive: true });
    writeFileSync(path(), text);
    const { entries, foreign } = open().read(root);
    assert.deepEqual([entries, foreign], [[], true]);
  });

  it('rejects where it cannot be written, and goes on once it can be', async () => {
    const blocked = join(auditFolder(storage, root));
    writeFileSync(blocked, 'no folder');
    const log = open();
    await assert.rejects(log.note(root, entry('a')));
    rmSync(blocked);
    await log.note(root, entry('b'));
    assert.deepEqual(
      log.read(root).entries.map(({ run, seq }) => [run, seq]),
      [['b', 0]],
    );
  });
});
