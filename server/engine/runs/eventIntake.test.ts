import assert from 'node:assert/strict';
import { createSlice, neverAborted, plainSettings, type Slice } from '../../test/sliceWorkspace.ts';
import type { Firing } from '../engine.ts';
import type { EventName, Origin } from '../rules/rule.ts';

const rule = (...keys: readonly string[]): string =>
  ['---', ...keys, 'actions:', '  - type: generate_tests', '---', 'Test it.', ''].join('\n');

describe('what happens to files', function () {
  this.timeout(20_000);
  let slice: Slice;
  afterEach(() => slice.dispose());

  const start = async (...keys: readonly string[]): Promise<void> => {
    slice = await createSlice({
      files: {
        '.cursor/rules/tests.mdc': rule(...keys),
        'src/a.js': 'one();\n',
        'dist/a.js': 'one();\n',
        'src/binary.js': 'one\0',
      },
      script: [],
    });
  };
  const tell = async (
    name: EventName,
    {
      path = 'src/a.js',
      origin = 'user',
      ...rest
    }: { path?: string; origin?: Origin; before?: string; text?: string; bulk?: boolean } = {},
  ): Promise<Firing | undefined> => {
    const event = { root: slice.root, path, name, origin, depth: 0, ...rest };
    const [firing] = await slice.running.engine.handleEvent(event, neverAborted);
    return firing;
  };

  for (const name of ['save', 'create', 'delete', 'rename', 'open'] as const) {
    it(`lets a rule fire on ${name}, and on nothing else`, async () => {
      await start(`on: ${name}`);
      const other = name === 'save' ? 'open' : 'save';
      assert.match((await tell(other, { path: 'src/b.js', text: 'b' }))?.reason ?? '', /and not on/);
      assert.equal((await tell(name))?.fires, true);
    });
  }

  for (const [what, name, options, reason] of [
    ['a file that is ignored', 'save', { path: 'dist/a.js' }, /`dist\/a.js` is ignored/],
    ['a binary file', 'save', { path: 'src/binary.js' }, /no text file/],
    ['a file that vanished before it was read', 'save', { path: 'src/gone.js' }, /no text file/],
    ['a file of more than 1 MB', 'save', { text: 'x'.repeat(1_048_577) }, /larger than 1 MB/],
    ['an automatic save', 'save', { origin: 'auto' }, /an automatic save caused this/],
    ['typing', 'change', { text: 'typed' }, /still being typed/],
    ['a comment', 'save', { before: 'one();\n', text: 'one(); // it\n' }, /only comments and white space/],
  ] as const) {
    it(`starts nothing for ${what}, and says so`, async () => {
      await start('on: [save, change]', 'skip: trivial', 'debounce: 1h');
      const firing = await tell(name, options);
      assert.equal(firing?.fires, false);
      assert.match(firing.reason, reason);
    });
  }

  it('start nothing where all of it is switched off', async () => {
    await start('on: [create, open]', 'debounce: 1h');
    const ai = { enabled: true, provider: 'ollama', model: 'scripted', baseUrl: '' } as const;
    const rules = { ...plainSettings.rules, eventsOff: ['open'] };
    slice.running.configure({ ...plainSettings, ai, rules });
    assert.match((await tell('open'))?.reason ?? '', /switched off/);
    assert.equal((await tell('create'))?.fires, true);
    assert.equal((await tell('open', { text: 'two();\n' }))?.fires, true);
  });

  it('are one firing within a quiet period, with what was before the first', async () => {
    await start('on: [create, save]', 'skip: trivial', 'debounce: 1h');
    const created = await tell('create', { text: '' });
    const saved = await tell('save', { before: '', text: 'two();\n' });
    const commented = await tell('save', { before: 'two();\n', text: 'two(); // why\n' });
    assert.deepEqual([created?.fires, saved?.fires, commented?.fires], [true, true, true]);
    assert.equal(new Set([created?.run, saved?.run, commented?.run]).size, 3);
  });

  it('of other programs fire where a rule wants it, and what the editor told of already does not', async () => {
    await start('on: save', 'origin: [user, disk]', 'debounce: 1h');
    assert.equal((await tell('save', { origin: 'disk' }))?.fires, true);
    assert.equal((await tell('save', { text: 'two();\n' }))?.fires, true);
    assert.deepEqual(await tell('save', { origin: 'disk', text: 'two();\n' }), undefined);
    assert.equal((await tell('save', { origin: 'disk', text: 'three();\n' }))?.fires, true);
  });

  it('start nothing when they are many at once, and say so once', async () => {
    await start('on: [save, rename]', 'origin: [user, disk]', 'debounce: 1h');
    const many = Array.from({ length: 120 }, (_, index) => `src/${index}.js`);
    const firings = await Promise.all(many.map((path) => tell('save', { origin: 'disk', path, text: path })));
    assert.equal(firings.at(-1), undefined);
    // Those before it was known to be a large change are taken back.
    assert.equal(await slice.running.engine.stop('all'), 0);
    assert.equal(await tell('rename', { bulk: true }), undefined);
    assert.equal((await tell('save'))?.fires, true);
    assert.equal(slice.messages.filter((line) => line.includes('at once')).length, 1);
  });
});
