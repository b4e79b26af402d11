import assert from 'node:assert/strict';
import { findImportCycle } from './findImportCycle.ts';

describe('findImportCycle', () => {
  it('names the files of a cycle in the order of their imports', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', []],
      ['d', ['b']],
    ]);
    assert.deepEqual(findImportCycle(graph), ['b', 'd', 'b']);
  });

  it('finds a file that imports itself', () => {
    assert.deepEqual(findImportCycle(new Map([['a', ['a']]])), ['a', 'a']);
  });

  it('finds none where two ways lead to one file', () => {
    const graph = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
    ]);
    assert.equal(findImportCycle(graph), undefined);
  });
});
