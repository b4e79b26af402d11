import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandLineWorkspace } from '../../test/commandLine.ts';

const noTodo = [
  '---',
  'globs: src/**',
  'actions:',
  '  - type: reject',
  '    conditions: [{pattern: TODO, message: No open work.}]',
  '---',
  '',
];
const noFixme = noTodo.map((line) => line.replace('reject', 'validate').replace('TODO', 'FIXME'));
const onDisk = [
  '---',
  'on: save',
  'origin: disk',
  'debounce: 0s',
  'globs: src/**',
  'actions:',
  '  - type: run',
  '    command: [node, -e, "1"]',
  '---',
  '',
];

interface Message {
  readonly event: string;
  readonly added?: readonly { readonly path: string; readonly message: string }[];
  readonly fixed?: readonly { readonly path: string }[];
  readonly left?: number;
  readonly files?: number;
  readonly rule?: string;
  readonly file?: string;
}

describe('codegen-lab watch', function () {
  this.timeout(60_000);
  let home: string;
  let child: ChildProcessWithoutNullStreams;
  let stdout = '';
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(home, 'w', path)), { recursive: true });
    writeFileSync(join(home, 'w', path), text);
  };
  const messages = (): readonly Message[] =>
    stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Message);
  const until = async (what: string, isSo: (message: Message) => boolean): Promise<Message> => {
    for (let count = 0; count < 300; count += 1) {
      const found = messages().find((message) => isSo(message));
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new assert.AssertionError({ message: `No message: ${what}\n${stdout}` });
  };
  const start = async (...words: readonly string[]): Promise<void> => {
    home = mkdtempSync(join(tmpdir(), 'codegen-lab-watch-'));
    write('.cursor/rules/todo.mdc', noTodo.join('\n'));
    write('.cursor/rules/fixme.mdc', noFixme.join('\n'));
    write('.cursor/rules/disk.mdc', onDisk.join('\n'));
    write('src/a.js', 'one(); // TODO\n');
    stdout = '';
    const cli = fileURLToPath(new URL('../../test/cliProcess.ts', import.meta.url));
    child = spawn(process.execPath, [cli, 'watch', '--format', 'json', ...words], {
      cwd: join(home, 'w'),
      env: { ...process.env, CODEGEN_LAB_STORAGE: join(home, 'storage') },
    });
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    await until('the beginning', ({ event }) => event === 'began');
  };
  const ends = async (signal: NodeJS.Signals): Promise<unknown> => {
    const gone = once(child, 'exit');
    child.kill(signal);
    const [code] = (await gone) as [number | null];
    return code;
  };

  it('says what is found and what is fixed, until Ctrl+C', async () => {
    await start();
    assert.deepEqual(
      messages()[0]?.added?.map(({ path, message }) => [path, message]),
      [['src/a.js', 'No open work.']],
    );
    write('src/new.js', 'two(); // FIXME\n');
    await until('the new one', ({ added }) => added?.some(({ path }) => path === 'src/new.js') === true);
    write('src/a.js', 'one();\n');
    const fixed = await until('the fixed one', ({ fixed: all }) => (all?.length ?? 0) > 0);
    assert.deepEqual([fixed.fixed?.map(({ path }) => path), fixed.left], [['src/a.js'], 1]);
    assert.equal(await ends('SIGINT'), 130);
  });

  it('takes rules that are changed, and ends well by SIGTERM', async () => {
    await start();
    write('.cursor/rules/todo.mdc', noTodo.join('\n').replace('open work', 'such work'));
    await until('the other message', ({ event, added }) => event === 'changed' && added !== undefined);
    assert.equal(await ends('SIGTERM'), 0);
  });

  it('looks with the named rules only', async () => {
    await start('--rule', 'fixme');
    assert.deepEqual(messages()[0]?.added, []);
    write('src/a.js', '// TODO FIXME\n');
    const { added } = await until('what is found', ({ event }) => event === 'changed');
    assert.equal(added?.length, 1);
  });

  it('lets a rule act on what other programs do, where it says so and is trusted', async () => {
    await start('--trust');
    write('src/a.js', 'three();\n');
    const ran = await until('the run', ({ event }) => event === 'ran');
    assert.deepEqual([ran.rule, ran.file], ['disk', 'src/a.js']);
  });

  it('checks many files that change at once, and starts nothing on them', async () => {
    await start('--trust');
    for (let at = 0; at < 200; at += 1) write(`other/${at}.js`, `x(${at}); // TODO\n`);
    await until('the large change', ({ event }) => event === 'bulk');
    renameSync(join(home, 'w/other'), join(home, 'w/src/other'));
    const found = await until('all of them', ({ left }) => left === 201);
    assert.ok(found);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    assert.deepEqual(
      messages().filter(({ event }) => event === 'ran'),
      [],
    );
    assert.equal(readdirSync(join(home, 'w/src/other')).length, 200);
  });
});

describe('codegen-lab watch, wrongly called', () => {
  it('names a rule that there is not', async () => {
    const workspace = new CommandLineWorkspace({});
    const { code, stderr } = await workspace.run('watch --rule nobody');
    workspace.remove();
    assert.equal(code, 2);
    assert.match(stderr, /There is no rule nobody here/);
  });
});
