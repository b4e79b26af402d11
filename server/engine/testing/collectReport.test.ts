import assert from 'node:assert/strict';
import { readSources } from './collectReport.ts';
import { goTest } from './runners/goTest.ts';

describe('readSources', () => {
  it('reads a test file too that was written for the run and is not among those of the folder', async () => {
    const texts = new Map([
      ['go.mod', 'module a\n'],
      ['a_test.go', 'package a\n'],
      ['a_generated_test.go', 'package a\n'],
    ]);
    const read = await readSources({
      runner: goTest,
      files: ['a_generated_test.go', 'gone_test.go'],
      source: { files: new Set(['go.mod', 'a.go', 'a_test.go']), read: async (path) => texts.get(path) },
      place: { base: '' },
    });
    assert.deepEqual([...read.keys()].toSorted(), ['a_generated_test.go', 'a_test.go', 'go.mod']);
  });
});
