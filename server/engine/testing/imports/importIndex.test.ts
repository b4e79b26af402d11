import assert from 'node:assert/strict';
import { createImportIndex } from './importIndex.ts';

const never = new AbortController().signal;

/** A folder whose reads are counted; `stamps`: whether files tell that they changed. */
function folder(files: Record<string, string>, stamps: boolean) {
  const versions = new Map<string, number>();
  const reads: string[] = [];
  const index = createImportIndex({
    files: {
      read: async (_root, path) => {
        reads.push(path);
        const text = files[path];
        return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
      },
    },
    ...(stamps ? { stamp: (_root: string, path: string) => `${versions.get(path) ?? 0}` } : {}),
  });
  const write = (path: string, text: string): void => {
    files[path] = text;
    versions.set(path, (versions.get(path) ?? 0) + 1);
  };
  const dependents = async (path: string): Promise<readonly string[]> => {
    reads.length = 0;
    const graph = await index.graph('/ws', Object.keys(files), never);
    return [...graph.dependents([path]).keys()].toSorted();
  };
  return { files, index, reads, write, dependents };
}

for (const [title, stamps] of [
  ['that is followed', false],
  ['that tells stamps', true],
] as const)
  describe(`the import index of a folder ${title}`, () => {
    it('reads what changed, and nothing else', async () => {
      const { index, reads, write, dependents } = folder(
        { 'a.js': '', 'b.js': "import './a'", 'c.js': '', 'd.md': '' },
        stamps,
      );
      assert.deepEqual(await dependents('a.js'), ['b.js']);
      assert.deepEqual(reads.toSorted(), ['a.js', 'b.js', 'c.js']);
      assert.deepEqual([await dependents('a.js'), reads], [['b.js'], []]);
      write('c.js', "import './b'");
      index.note('/ws', ['c.js']);
      assert.deepEqual([await dependents('a.js'), reads], [['b.js', 'c.js'], ['c.js']]);
    });

    it('takes in files that come, and lets go those that went', async () => {
      const { files, reads, write, dependents } = folder({ 'a.js': '', 'b.js': "import './a'" }, stamps);
      await dependents('a.js');
      write('c.js', "import './b'");
      assert.deepEqual([await dependents('a.js'), reads], [['b.js', 'c.js'], ['c.js']]);
      delete files['b.js'];
      assert.deepEqual([await dependents('a.js'), reads], [[], []]);
    });

    it('goes on after a reading that was stopped', async () => {
      const { index, files, dependents } = folder({ 'a.js': '', 'b.js': "import './a'" }, stamps);
      const stopped = new AbortController();
      const reading = index.graph('/ws', Object.keys(files), stopped.signal);
      stopped.abort();
      await assert.rejects(reading);
      assert.deepEqual(await dependents('a.js'), ['b.js']);
    });
  });

describe('the import index of a folder whose files tell no stamp', () => {
  it('reads them again', async () => {
    const reads: string[] = [];
    const index = createImportIndex({
      files: { read: async (_root, path) => (reads.push(path), { kind: 'text', text: '' }) },
      stamp: () => undefined,
    });
    for (let round = 0; round < 2; round += 1) await index.graph('/ws', ['a.js', 'b.md'], never);
    assert.deepEqual(reads, ['a.js', 'a.js']);
  });
});
