import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Firing } from '../engine/engine.ts';
import type { FileEvent } from '../engine/triggers/fileEvent.ts';
import { GitRepository } from './gitRepository.ts';
import { createSlice, neverAborted, type Slice } from './sliceWorkspace.ts';

const rule = [
  '---',
  'on: [save, create]',
  'origin: [user, disk]',
  'debounce: 1h',
  'actions:',
  '  - type: generate_tests',
  '---',
  'T.',
  '',
];

describe('files that are unlike others', function () {
  this.timeout(60_000);
  let slice: Slice;
  afterEach(() => slice.dispose());

  const start = async (files: Readonly<Record<string, string>> = {}): Promise<void> => {
    slice = await createSlice({
      files: { '.cursor/rules/tests.mdc': rule.join('\n'), 'src/a.js': 'one();\n', ...files },
      script: [],
    });
  };
  const tell = async (path: string, rest: Partial<FileEvent> = {}): Promise<Firing | undefined> => {
    const event: FileEvent = { root: slice.root, path, name: 'save', origin: 'user', depth: 0, ...rest };
    const [firing] = await slice.running.engine.handleEvent(event, neverAborted);
    return firing;
  };
  const waiting = (): readonly string[] => slice.running.engine.queue().map(({ file }) => file);

  it('start nothing, and say so: 100 MB', async () => {
    await start();
    writeFileSync(join(slice.root, 'src/big.js'), 'x'.repeat(100 * 1_048_576));
    const firing = await tell('src/big.js');
    assert.equal(firing?.fires, false);
    assert.match(firing.reason, /`src\/big\.js` is no text file of at most 1 MB/);
    const findings = await slice.running.engine.check(slice.root, 'all', neverAborted);
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
    );
  });

  it('start nothing, and say so: gone between the event and the look at it', async () => {
    await start();
    const told = tell('src/a.js');
    unlinkSync(join(slice.root, 'src/a.js'));
    const firing = await told;
    assert.equal(firing?.fires, false);
    assert.match(firing.reason, /no text file/);
  });

  it('start nothing, and say so: behind a link that leads round', async () => {
    await start();
    symlinkSync('..', join(slice.root, 'src/loop'));
    const firing = await tell('src/loop/src/a.js');
    assert.equal(firing?.fires, false, firing?.reason);
    const paths = await slice.running.engine.workspacePaths(slice.root)?.load(neverAborted);
    assert.deepEqual(
      paths?.all().filter((path) => path.startsWith('src/loop/')),
      [],
    );
  });

  it('start nothing when git switches 5,000 of them, say so once, and fire one by one afterwards', async () => {
    await start();
    const count = 5_000;
    const repository = new GitRepository({}, slice.root);
    const paths = Array.from({ length: count }, (_, at) => `src/m${at % 50}/${at}.js`);
    for (const path of paths) {
      mkdirSync(join(slice.root, path, '..'), { recursive: true });
      writeFileSync(join(slice.root, path), 'main();\n');
    }
    const commit = (message: string): string => {
      repository.git('add', '--all');
      return repository.git('commit', '--quiet', '-m', message);
    };
    commit('main');
    repository.git('switch', '--quiet', '--create', 'other');
    for (const path of paths) writeFileSync(join(slice.root, path), 'other();\n');
    commit('other');
    repository.git('switch', '--quiet', 'main');
    assert.equal(readFileSync(join(slice.root, 'src/m0/0.js'), 'utf8'), 'main();\n');
    await Promise.all(paths.map((path) => tell(path, { origin: 'disk' })));
    assert.deepEqual(waiting(), []);
    assert.equal(slice.messages.filter((line) => line.includes('at once')).length, 1);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    writeFileSync(join(slice.root, 'src/a.js'), 'alone();\n');
    await tell('src/a.js', { origin: 'disk' });
    assert.deepEqual(waiting(), ['src/a.js']);
  });
});
