import assert from 'node:assert/strict';
import type { UndoResult } from '../../engine/engine.ts';
import { CommandLineWorkspace, type Ended } from '../../test/commandLine.ts';
import { createScriptedEngine } from '../../test/scriptedEngine.ts';

const stored = ['0abc1', '0abc2'].map((run) => ({ run, events: [], trusted: true, owned: false }));
const good: UndoResult = {
  ok: true,
  run: 'u1',
  message: 'a.js is as before the run.',
  restored: ['a.js'],
  left: [],
};

describe('codegen-lab undo', () => {
  let workspace: CommandLineWorkspace;
  before(() => {
    workspace = new CommandLineWorkspace({ 'a.js': '' });
  });
  after(() => workspace.remove());

  const undone: string[] = [];
  function undo(words: string, result: UndoResult = good): Promise<Ended> {
    undone.length = 0;
    const engine = createScriptedEngine({
      undo: async (_root, run) => {
        undone.push(run);
        return result;
      },
    });
    return workspace.run(words, { engine: { engine, journals: { recent: async () => stored } } });
  }

  it('takes the beginning of an id, says what is as before, and how to take that back', async () => {
    const ended = await undo('undo 0abc1');
    assert.deepEqual([ended.code, undone], [0, ['0abc1']]);
    assert.match(
      ended.stderr,
      /Undone: a\.js is as before the run\.\n {2}Take that back with: codegen-lab undo u1/,
    );
    assert.equal(ended.options?.applyEdits, true);
  });

  it('ends with 1 where files are left, and with 3 where nothing was undone', async () => {
    const left = [{ path: 'b.js', why: 'changed' }] as const;
    assert.equal((await undo('undo 0abc2', { ...good, left })).code, 1);
    const nothing = await undo('undo 0abc2', { ok: false, message: 'Nothing.', restored: [], left });
    assert.deepEqual([nothing.code, nothing.stderr.endsWith('Not undone: Nothing.\n')], [3, true]);
  });

  it('prints one JSON document', async () => {
    const { stdout } = await undo('undo 0abc1 --json');
    const document: unknown = JSON.parse(stdout);
    const { message, restored, left } = good;
    assert.deepEqual(document, { run: '0abc1', ok: true, by: 'u1', message, restored, left });
  });

  for (const [words, expected] of [
    ['undo', /Name the run/],
    ['undo 0abc1 0abc2', /Only one run can be named/],
    ['undo 0abc', /2 runs begin with 0abc/],
    ['undo zzz', /There is no run zzz/],
  ] as const) {
    it(`undoes nothing with ${words}`, async () => {
      const ended = await undo(words);
      assert.deepEqual([ended.code, undone], [2, []]);
      assert.match(ended.stderr, expected);
    });
  }
});
