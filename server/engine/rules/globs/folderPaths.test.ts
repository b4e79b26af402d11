import assert from 'node:assert/strict';
import { createInMemoryFiles, type InMemoryFiles } from '../../../test/inMemoryFiles.ts';
import { createFolderPaths, type FollowedPaths } from './folderPaths.ts';

const never = new AbortController().signal;
const root = '/folder';

describe('createFolderPaths', () => {
  let files: InMemoryFiles;
  let followed: FollowedPaths;
  beforeEach(() => {
    files = createInMemoryFiles({ 'a.ts': '', 'src/b.ts': '', '.codegen-lab/journal/x.jsonl': '' });
    followed = createFolderPaths(files, root);
  });
  const loaded = async (): Promise<readonly string[]> => (await followed.load(never)).all();

  it('lists nothing until somebody asks, and then once', async () => {
    assert.equal(followed.known(), undefined);
    assert.equal(await followed.follow({ created: ['src/b.ts'], deleted: [] }, never), false);
    assert.equal(files.lists, 0);
    assert.deepEqual(await Promise.all([loaded(), loaded()]), [
      ['a.ts', 'src/b.ts'],
      ['a.ts', 'src/b.ts'],
    ]);
    assert.deepEqual(followed.known()?.all(), ['a.ts', 'src/b.ts']);
    assert.equal(files.lists, 1);
  });

  const changes: readonly {
    readonly title: string;
    readonly writes?: readonly string[];
    readonly deletes?: readonly string[];
    readonly created?: readonly string[];
    readonly deleted?: readonly string[];
    readonly changed: boolean;
    readonly expected: readonly string[];
  }[] = [
    {
      title: 'a file that came',
      writes: ['c.ts'],
      created: ['c.ts'],
      changed: true,
      expected: ['a.ts', 'c.ts', 'src/b.ts'],
    },
    {
      title: 'a folder that came',
      writes: ['x/1', 'x/2'],
      created: ['x'],
      changed: true,
      expected: ['a.ts', 'src/b.ts', 'x/1', 'x/2'],
    },
    {
      title: 'a folder that went',
      deletes: ['src/b.ts'],
      deleted: ['src'],
      changed: true,
      expected: ['a.ts'],
    },
    {
      title: 'a file that moved',
      writes: ['z.ts'],
      deletes: ['a.ts'],
      created: ['z.ts'],
      deleted: ['a.ts'],
      changed: true,
      expected: ['src/b.ts', 'z.ts'],
    },
    {
      title: 'a file that is ignored',
      writes: ['dist/a.js'],
      created: ['dist/a.js'],
      changed: false,
      expected: ['a.ts', 'src/b.ts'],
    },
    {
      title: 'a file that came and went',
      created: ['gone.ts'],
      changed: false,
      expected: ['a.ts', 'src/b.ts'],
    },
    { title: 'a file that is known', created: ['a.ts'], changed: false, expected: ['a.ts', 'src/b.ts'] },
    {
      title: 'another `.gitignore`',
      writes: ['unseen.ts'],
      deletes: ['a.ts'],
      created: ['.gitignore'],
      changed: true,
      expected: ['src/b.ts', 'unseen.ts'],
    },
  ];
  for (const { title, writes = [], deletes = [], created = [], deleted = [], changed, expected } of changes) {
    it(`follows ${title}`, async () => {
      await loaded();
      for (const path of writes) files.write(path, '');
      for (const path of deletes) files.write(path, undefined);
      assert.equal(await followed.follow({ created, deleted }, never), changed);
      assert.deepEqual(followed.known()?.all(), expected);
    });
  }

  it('asks nobody for what tools write and what goes', async () => {
    await loaded();
    files.resetCounts();
    await followed.follow(
      { created: ['.git/index.lock', 'node_modules/x/y.js'], deleted: ['.git/index.lock', 'a.ts'] },
      never,
    );
    assert.equal(files.lists, 0);
    assert.deepEqual(await loaded(), ['src/b.ts']);
  });

  it('takes in what happens while it lists', async () => {
    const asked = loaded();
    const change = followed.follow({ created: [], deleted: ['a.ts'] }, never);
    await asked;
    assert.equal(await change, true);
    assert.deepEqual(await loaded(), ['src/b.ts']);
  });

  it('goes on for the one who waits when the other aborts, and stops when both do', async () => {
    const stopped: boolean[] = [];
    const slow = createFolderPaths(
      {
        ...files,
        list: async (_root, signal) => {
          await new Promise((resolve) => setImmediate(resolve));
          stopped.push(signal.aborted);
          return ['a.ts'];
        },
      },
      root,
    );
    const [one, two] = [new AbortController(), new AbortController()];
    const [first, second] = [slow.load(one.signal), slow.load(two.signal)];
    one.abort();
    await assert.rejects(first, { name: 'AbortError' });
    assert.deepEqual((await second).all(), ['a.ts']);
    const again = createFolderPaths(
      {
        ...files,
        list: async (_root, signal) => {
          await new Promise((resolve) => setImmediate(resolve));
          stopped.push(signal.aborted);
          return ['a.ts'];
        },
      },
      root,
    );
    const [third, fourth] = [new AbortController(), new AbortController()];
    const both = [again.load(third.signal), again.load(fourth.signal)];
    third.abort();
    fourth.abort();
    for (const each of both) await assert.rejects(each, { name: 'AbortError' });
    assert.equal(again.known(), undefined);
    assert.deepEqual(stopped, [false, true]);
    assert.deepEqual((await again.load(never)).all(), ['a.ts']);
  });

  it('lists anew for the next who asks when following was cut short', async () => {
    await loaded();
    files.write('c.ts', '');
    assert.equal(await followed.follow({ created: ['c.ts'], deleted: [] }, AbortSignal.abort()), true);
    assert.equal(followed.known(), undefined);
    assert.deepEqual(await loaded(), ['a.ts', 'c.ts', 'src/b.ts']);
  });
});
