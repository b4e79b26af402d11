import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Files } from '../engine/ports/files.ts';
import { createDiskEdits } from './diskEdits.ts';
import { DiskFiles } from './diskFiles.ts';

const { signal } = new AbortController();

describe('edits on the disk', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'edits-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('name the file that could not be written in its own words, and put back the others', async () => {
    writeFileSync(join(root, 'a.md'), 'before');
    const long = `${'n'.repeat(300)}.md`;
    const files = new DiskFiles();
    const plain = files.read.bind(files);
    const read: Files['read'] = async (folder, path, stop) =>
      path === long ? { kind: 'missing' } : plain(folder, path, stop);
    const outcome = await createDiskEdits(Object.assign(files, { read })).land(
      {
        run: '',
        root,
        title: 'Try',
        files: [
          { path: 'a.md', before: 'before', after: 'after' },
          { path: 'b.md', after: 'new' },
          { path: long, after: 'x' },
        ],
      },
      signal,
    );
    assert.equal(outcome.kind, 'failed');
    assert.match(
      outcome.kind === 'failed' ? outcome.message : '',
      /^Nothing was written: n+\.md cannot be \(E[A-Z]+: [^,/]+\)\.$/,
    );
    assert.equal(readFileSync(join(root, 'a.md'), 'utf8'), 'before');
    assert.equal(existsSync(join(root, 'b.md')), false);
  });
});
