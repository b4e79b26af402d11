import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitRepository } from '../../test/gitRepository.ts';
import { createSlice, neverAborted, plainSettings, type Slice } from '../../test/sliceWorkspace.ts';

const rule = [
  '---',
  'globs: src/**',
  'on: save',
  'debounce: 0s',
  'actions: [{type: generate_tests}]',
  '---',
  'T.',
];

describe('quiet hours', function () {
  this.timeout(30_000);
  let slice: Slice;
  afterEach(() => slice.dispose());

  const start = async (quietHours = true): Promise<void> => {
    slice = await createSlice({
      files: { '.cursor/rules/tests.mdc': `${rule.join('\n')}\n`, 'src/a.js': 'one();\n' },
      script: [],
      settings: { rules: { ...plainSettings.rules, quietHours } },
    });
  };
  const save = (text: string): Promise<unknown> => {
    slice.write('src/a.js', text);
    const event = { root: slice.root, path: 'src/a.js', name: 'save', origin: 'user', depth: 0 } as const;
    return slice.running.engine.handleEvent({ ...event, text }, neverAborted);
  };
  const until = async (what: string, isSo: () => boolean): Promise<void> => {
    for (let count = 0; count < 200 && !isSo(); count += 1) await pause(50);
    assert.ok(isSo(), what);
  };
  const runs = (): readonly string[] => slice.running.engine.viewState().runs.map(({ file }) => file);
  const held = (): readonly (string | undefined)[] => slice.running.engine.queue().map((each) => each.held);

  it('hold back what fires while somebody debugs, and let it go on once', async () => {
    await start();
    const { engine } = slice.running;
    engine.setDebugging(true);
    for (const text of ['two();\n', 'three();\n']) await save(text);
    await pause(100);
    assert.deepEqual(held(), ['a debug session is under way']);
    assert.match(engine.viewState().status.message, /because a debug session is under way/);
    assert.deepEqual(runs(), []);
    engine.setDebugging(false);
    await until('it goes on', () => runs().length > 0);
    await until('nothing waits any more', () => held().length === 0);
    await pause(200);
    assert.deepEqual(runs(), ['src/a.js']);
  });

  it('drop what is about nothing any more when they are over', async () => {
    await start();
    const { engine } = slice.running;
    engine.setDebugging(true);
    await save('two();\n');
    await pause(100);
    rmSync(join(slice.root, 'src/a.js'));
    engine.setDebugging(false);
    await until('nothing waits', () => engine.queue().length === 0);
    await pause(200);
    assert.deepEqual(runs(), []);
  });

  for (const [operation, mark] of [
    ['rebase', 'rebase-merge'],
    ['rebase', 'rebase-apply'],
    ['merge', 'MERGE_HEAD'],
    ['cherry-pick', 'CHERRY_PICK_HEAD'],
    ['revert', 'REVERT_HEAD'],
    ['bisect', 'BISECT_LOG'],
  ] as const)
    it(`last as long as a ${operation} of git (${mark})`, async () => {
      await start();
      new GitRepository({}, slice.root);
      mkdirSync(join(slice.root, '.git', mark));
      await save('two();\n');
      await pause(100);
      assert.deepEqual(held(), [`a ${operation} of git is under way`]);
      rmSync(join(slice.root, '.git', mark), { recursive: true });
      await until('it goes on', () => runs().length > 0);
    });

  it('see what git has begun in a worktree', async () => {
    await start();
    const other = join(slice.home, 'other');
    mkdirSync(other);
    writeFileSync(join(slice.root, '.git'), `gitdir: ${other}\n`);
    writeFileSync(join(other, 'MERGE_HEAD'), '');
    await save('two();\n');
    await pause(100);
    assert.deepEqual(held(), ['a merge of git is under way']);
  });

  it('are none where the person wants none', async () => {
    await start(false);
    slice.running.engine.setDebugging(true);
    await save('two();\n');
    await until('it begins', () => runs().length > 0);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
