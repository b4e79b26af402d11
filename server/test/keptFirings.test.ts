import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningEngine } from '../engine/engine.ts';
import { createSlice, neverAborted, plainSettings, type Slice } from './sliceWorkspace.ts';

const rule = ['---', 'on: save', 'debounce: 1h', 'actions: [{type: generate_tests}]', '---', 'T.', ''];

describe('what waited when the editor was closed', function () {
  this.timeout(30_000);
  let slice: Slice;
  afterEach(() => slice.dispose());

  const files = ({ engine }: RunningEngine): readonly string[] => engine.queue().map(({ file }) => file);
  const until = async (what: string, isSo: () => boolean): Promise<void> => {
    for (let count = 0; count < 100 && !isSo(); count += 1) await sleep(50);
    assert.ok(isSo(), what);
  };
  /** A workspace that is trusted at first, and not when it is opened again. */
  const reopen = async (): Promise<RunningEngine> => {
    slice = await createSlice({
      files: { '.cursor/rules/tests.mdc': rule.join('\n'), 'src/a.js': 'one();\n' },
      script: [],
      interactive: true,
      trusted: false,
    });
    const { running, root } = slice;
    running.setTrusted(true);
    const event = { root, path: 'src/a.js', name: 'save', origin: 'user', depth: 0 } as const;
    await running.engine.handleEvent({ ...event, text: 'two();\n' }, neverAborted);
    assert.deepEqual(files(running), ['src/a.js']);
    await running.engine.dispose();
    return slice.restart();
  };

  it('is kept while the workspace is not trusted, and goes on when it is', async () => {
    const again = await reopen();
    await sleep(300);
    assert.deepEqual(files(again), []);
    again.setTrusted(true);
    await until('it waits again', () => files(again).length > 0);
    assert.deepEqual(files(again), ['src/a.js']);
  });

  it('is kept over several of these', async () => {
    const again = await reopen();
    await again.engine.dispose();
    const third = await slice.restart();
    third.setTrusted(true);
    await until('it waits again', () => files(third).length > 0);
  });

  it('is kept while the rules of the folder are switched off', async () => {
    const again = await reopen();
    const off = { [slice.root]: { enabled: false, eventsOff: [] } };
    const rules = { ...plainSettings.rules, byFolder: off };
    again.configure({ ...plainSettings, rules });
    again.setTrusted(true);
    await sleep(300);
    assert.deepEqual(files(again), []);
  });
});
