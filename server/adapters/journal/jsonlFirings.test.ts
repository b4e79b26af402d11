import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FiringLog, LoggedFiring } from '../../engine/ports/firingLog.ts';
import { foldFirings } from './foldFirings.ts';
import { createJsonlFirings } from './jsonlFirings.ts';
import { UserStorage } from './userStorage.ts';

function firing(run: string, ruleId = 'rule', path = 'a.ts'): LoggedFiring {
  return { run, ruleId, path, event: 'save', origin: 'user', depth: 0 };
}

describe('the log of waiting firings', () => {
  let home: string;
  let root: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'firings-'));
    root = join(home, 'workspace');
    mkdirSync(root);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  let ids = 0;
  const open = (): FiringLog => createJsonlFirings(new UserStorage(join(home, 'storage')), () => `p${++ids}`);
  const queue = (): string => join(new UserStorage(join(home, 'storage')).workspace(root), 'queue');
  const taken = async (log: FiringLog): Promise<readonly string[]> =>
    (await log.takeOver(root)).firings.map(({ run, claimed }) => `${run}${claimed ? ' claimed' : ''}`);

  it('gives the next process what waits and what had begun', async () => {
    const first = open();
    await Promise.all([
      first.add(root, firing('1')),
      first.add(root, firing('2', 'rule', 'b.ts')),
      first.add(root, firing('3', 'other')),
      first.claim(root, '2'),
      first.remove(root, '3'),
    ]);
    await first.close();
    assert.deepEqual(await taken(open()), ['1', '2 claimed']);
  });

  it('gives it to one process only, and leaves the living alone', async () => {
    const living = open();
    await living.add(root, firing('1'));
    const dead = open();
    await dead.add(root, firing('2'));
    await dead.close();
    const [one, other] = [open(), open()];
    assert.deepEqual([await taken(one), await taken(other)], [['2'], []]);
    await living.close();
  });

  it('gives it once more when that process died before it had let go', async () => {
    const first = open();
    await first.add(root, firing('1'));
    await first.close();
    const second = open();
    const left = await second.takeOver(root);
    await second.add(root, left.firings[0] ?? firing('none'));
    await second.remove(root, '1');
    await second.close();
    // Its process is this one, which lives: its claim goes as it would with its death.
    for (const name of readdirSync(queue())) if (name.endsWith('.owner')) rmSync(join(queue(), name));
    assert.deepEqual(await taken(open()), []);
  });

  it('holds nothing when nothing waits', async () => {
    const log = open();
    for (let run = 0; run < 2_000; run += 1) {
      await log.add(root, firing(`${run}`));
      await log.remove(root, `${run}`);
    }
    const [name = ''] = readdirSync(queue()).filter((each) => each.endsWith('.jsonl'));
    assert.ok(readFileSync(join(queue(), name), 'utf8').length < 70_000);
    await log.close();
    assert.equal(existsSync(join(queue(), name)), false);
  });

  it('writes nothing more when it is closed, so that the next process has it alone', async () => {
    const log = open();
    await log.add(root, firing('1'));
    await log.close();
    await log.remove(root, '1');
    await log.add(root, firing('2', 'other'));
    assert.deepEqual(await taken(open()), ['1']);
  });

  it('passes over what was torn or is no line of it', async () => {
    mkdirSync(queue(), { recursive: true });
    const lines = ['null', '7', '{"add":{"run":1}}', JSON.stringify({ add: firing('1') }), '{"claim":"1'];
    writeFileSync(join(queue(), 'dead.jsonl'), lines.join('\n'));
    assert.deepEqual(await taken(open()), ['1']);
  });

  for (const [what, texts, expected] of [
    ['the later of two that wait', ['a1 a2'], ['2']],
    ['one that began beside one that came later', ['a1 c1 a2'], ['1', '2']],
    ['a removal that stands in another file', ['a1', 'a1 r1'], []],
    ['the same in two files', ['a1', 'a1'], ['1']],
  ] as const) {
    it(`folds ${what}`, () => {
      const line = (word: string): string => {
        const run = word.slice(1);
        return JSON.stringify(
          word.startsWith('a')
            ? { add: firing(run) }
            : word.startsWith('c')
              ? { claim: run }
              : { remove: run },
        );
      };
      const folded = foldFirings(texts.map((text) => text.split(' ').map(line).join('\n')));
      assert.deepEqual(
        folded.map(({ run }) => run),
        expected,
      );
    });
  }
});
