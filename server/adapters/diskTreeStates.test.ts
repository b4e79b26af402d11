import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskTreeStates } from './diskTreeStates.ts';

describe('states of the files of a folder', () => {
  const { signal } = new AbortController();
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'states-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const put = (path: string, text: string): void => writeFileSync(join(root, path), text);

  it('stay the same as long as the content does, and differ once it does not', async () => {
    mkdirSync(join(root, 'node_modules'));
    for (const path of ['a', 'b', 'gone', 'node_modules/x']) put(path, '1');
    const before = await diskTreeStates.read(root, signal);
    assert.deepEqual([...(before?.keys() ?? [])].toSorted(), ['a', 'b', 'gone']);
    put('a', '2');
    put('new', '1');
    rmSync(join(root, 'gone'));
    const after = await diskTreeStates.read(root, signal);
    assert.equal(after?.get('b'), before?.get('b'));
    assert.notEqual(after?.get('a'), before?.get('a'));
    assert.deepEqual([...(after?.keys() ?? [])].toSorted(), ['a', 'b', 'new']);
  });

  it('come with what was changed last at first', async () => {
    for (const path of ['a', 'b', 'c']) put(path, '1');
    for (const [path, at] of [
      ['a', 2],
      ['b', 3],
      ['c', 1],
    ] as const)
      utimesSync(join(root, path), at, at);
    const states = await diskTreeStates.read(root, signal);
    assert.deepEqual([...(states?.keys() ?? [])], ['b', 'a', 'c']);
  });

  it('are not known of a folder that is not there', async () => {
    const states = await diskTreeStates.read(join(root, 'nothing'), signal);
    assert.equal(states?.size ?? 0, 0);
  });
});
