import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileOpened, listQueue, stopRun } from '../../protocol/requests.ts';
import type { LspClient } from '../../test/lspClient.ts';
import { EditorHome } from '../../test/lspSession.ts';

const created = { method: 'workspace/didCreateFiles' };
const deleted = { method: 'workspace/didDeleteFiles' };
const renamed = { method: 'workspace/didRenameFiles' };

describe('events of the editor and the disk', function () {
  this.timeout(30_000);
  let home: EditorHome;
  let client: LspClient;
  afterEach(() => home.dispose());

  const start = async (...keys: readonly string[]): Promise<void> => {
    const quick = keys.some((key) => key.startsWith('debounce')) ? [] : ['debounce: 20ms'];
    const rule = ['---', ...quick, ...keys, 'actions:', '  - type: generate_tests', '---', 'T.', ''];
    const files = Array.from({ length: 60 }, (_, index) => {
      return [`workspace/many/${index}.js`, `${index};\n`] as const;
    });
    home = await EditorHome.create({
      files: {
        'workspace/.cursor/rules/tests.mdc': rule.join('\n'),
        'workspace/src/a.js': 'one();\n',
        'workspace/src/b.js': 'two();\n',
        ...Object.fromEntries(files),
      },
    });
    ({ client } = await home.startInProcess());
    await client.until('the rule', () => client.view?.status.rules === 1);
  };
  const uri = (path: string): string => home.uri(`workspace/${path}`);
  const fired = async (...paths: readonly string[]): Promise<void> => {
    await client.until(`runs on ${paths.join()}`, () => {
      const files = client.view?.runs.map(({ file }) => file) ?? [];
      return paths.every((path) => files.includes(path)) && files.length === paths.length;
    });
  };
  const pause = (ms = 300): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  it('let a rule fire on a file that is created', async () => {
    await start('on: create');
    home.write('workspace/src/new.js', 'new();\n');
    await client.notify(created, { files: [{ uri: uri('src/new.js') }] });
    await fired('src/new.js');
  });

  it('let a rule fire on each file of a folder that is renamed', async () => {
    await start('on: rename');
    renameSync(home.path('workspace/src'), home.path('workspace/lib'));
    await client.notify(renamed, { files: [{ oldUri: uri('src'), newUri: uri('lib') }] });
    await fired('lib/a.js', 'lib/b.js');
  });

  it('let a rule fire on each file of a folder that is deleted', async () => {
    await start('on: delete', 'globs: src/**');
    await pause();
    rmSync(home.path('workspace/src'), { recursive: true });
    await client.notify(deleted, { files: [{ uri: uri('src') }] });
    await fired('src/a.js', 'src/b.js');
  });

  it('let a rule fire on a file that a person opens', async () => {
    await start('on: open');
    await client.open(uri('src/b.js'));
    await client.notify(fileOpened, { uri: uri('src/a.js') });
    await fired('src/a.js');
  });

  it('let a rule fire once on a file that is created and saved', async () => {
    await start('on: [create, save]');
    home.write('workspace/src/new.js', '');
    await client.open(uri('src/new.js'));
    await client.notify(created, { files: [{ uri: uri('src/new.js') }] });
    await client.save(uri('src/new.js'), { text: 'new();\n' });
    await fired('src/new.js');
    await pause();
    assert.equal(client.view?.runs.length, 1);
  });

  it('wait for quiet anew while somebody types', async () => {
    await start('on: save', 'debounce: 600ms');
    await client.open(uri('src/a.js'));
    await client.save(uri('src/a.js'), { text: 'saved();\n' });
    for (let count = 0; count < 4; count += 1) {
      await pause(250);
      await client.change(uri('src/a.js'), `typed(${count});\n`);
    }
    assert.deepEqual(client.view?.runs, []);
    await fired('src/a.js');
  });

  it('have the language that the editor says, and the lines that a save changed', async () => {
    await start(
      'on: save',
      'filters: [{type: language, pattern: flow}, {type: changed_content, pattern: two}]',
    );
    for (const [path, language] of [
      ['src/a.js', 'flow'],
      ['src/b.js', 'javascript'],
    ] as const)
      await client.open(uri(path), undefined, language);
    await client.save(uri('src/a.js'), { text: 'one();\n// one\n' });
    await pause();
    assert.deepEqual(client.view?.runs, []);
    await client.save(uri('src/b.js'), { text: 'two();\ntwo();\n' });
    await client.save(uri('src/a.js'), { text: 'one();\n// two\n' });
    await fired('src/a.js');
  });

  it('show what waits for them, and let one be cancelled', async () => {
    await start('on: save', 'debounce: 1h');
    for (const path of ['src/a.js', 'src/b.js']) await client.save(uri(path), { text: 'saved();\n' });
    await client.until(
      'the decisions',
      () => client.log().filter((line) => line.includes('Fires:')).length === 2,
    );
    const queue = await client.request(listQueue, {});
    assert.deepEqual(
      queue.map(({ folder, rule, file, event, state }) => [folder, rule, file, event, state]),
      ['src/a.js', 'src/b.js'].map((file) => [home.path('workspace'), 'tests', file, 'save', 'quiet']),
    );
    assert.deepEqual(await client.request(stopRun, { run: queue[0]?.run ?? '' }), { stopped: 1 });
    assert.deepEqual(
      (await client.request(listQueue, {})).map(({ file }) => file),
      ['src/b.js'],
    );
  });

  it('pass over a save that changed only a comment, where the rule skips these', async () => {
    await start('on: save', 'skip: trivial');
    await client.open(uri('src/a.js'));
    await client.save(uri('src/a.js'), { text: 'one(); // why\n' });
    await client.open(uri('src/b.js'));
    await client.save(uri('src/b.js'), { text: 'three();\n' });
    await fired('src/b.js');
  });

  it('of other programs fire only where the rule wants it, and not as a large change', async () => {
    await start('on: save', 'origin: [user, disk]');
    home.write('workspace/src/a.js', 'other();\n');
    await client.watched({ uri: uri('src/a.js'), type: 2 });
    await fired('src/a.js');
    const many = Array.from({ length: 60 }, (_, index) => `many/${index}.js`);
    for (const path of many) home.write(`workspace/${path}`, 'checked out\n');
    await client.watched(...many.map((path) => ({ uri: uri(path), type: 2 as const })));
    await client.until('the message', () => client.log().some((line) => line.includes('at once')));
    await pause(2_300);
    await fired('src/a.js');
  });

  it('that concern a large folder start nothing, and say so', async () => {
    await start('on: rename');
    mkdirSync(home.path('workspace/moved'));
    renameSync(home.path('workspace/many'), home.path('workspace/moved/many'));
    await client.notify(renamed, { files: [{ oldUri: uri('many'), newUri: uri('moved/many') }] });
    await client.until('the message', () => client.log().some((line) => line.includes('60 files were')));
    assert.deepEqual(client.view?.runs, []);
  });
});
