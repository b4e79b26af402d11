import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Finding } from '../../protocol/text.ts';
import { CommandLineWorkspace, type CommandLineSetup, type Ended } from '../../test/commandLine.ts';
import { escape } from '../../test/runViews.ts';
import { createScriptedEngine } from '../../test/scriptedEngine.ts';

describe('codegen-lab check', () => {
  let workspace: CommandLineWorkspace;
  before(() => {
    workspace = new CommandLineWorkspace({ 'src/a.js': '', 'src/deep/b.js': '', 'old.js': 'old\n' });
  });
  after(() => workspace.remove());

  const findings: readonly Finding[] = [
    finding('src/a.js', 'warning', 4),
    finding('src/a.js', 'error', 1),
    finding('.cursor/rules/x.mdc', 'warning', 0),
  ];

  it('shows findings by file with place, severity, message and code, and the totals', async () => {
    const { code, stdout } = await check('check', findings);
    assert.equal(code, 1);
    assert.equal(
      stdout,
      [
        'src/a.js',
        '  2:3  error    a bad thing  x.bad (some rule)',
        '  5:3  warning  a bad thing  x.bad (some rule)',
        '',
        '.cursor/rules/x.mdc',
        '  1:3  warning  a bad thing  x.bad (some rule)',
        '',
        '1 error, 2 warnings',
        '',
      ].join('\n'),
    );
  });

  it('shows paths as seen from the current folder', async () => {
    const { stdout } = await check('check a.js', findings, { line: { cwd: join(workspace.root, 'src') } });
    assert.match(stdout, /^a\.js\n[^]*\n\.\.\/\.cursor\/rules\/x\.mdc\n/m);
  });

  it('prints the findings as a JSON array, with paths of the workspace folder', async () => {
    const { code, stdout } = await check('check --json', findings);
    assert.deepEqual(JSON.parse(stdout), findings);
    assert.equal(code, 1);
  });

  it('says so when there is nothing, and prints an empty array', async () => {
    assert.deepEqual(pick(await check('check', [])), [0, 'No problems.\n']);
    assert.deepEqual(pick(await check('check --json', [])), [0, '[]\n']);
  });

  it('fails on more warnings than are allowed, and says why', async () => {
    const warnings = findings.filter(({ severity }) => severity === 'warning');
    assert.equal((await check('check', warnings)).code, 0);
    assert.equal((await check('check --max-warnings 2', warnings)).code, 0);
    const ended = await check('check --max-warnings 1', warnings);
    assert.equal(ended.code, 1);
    assert.match(ended.stderr, /2 warnings are more than the 1 /);
  });

  const asked: readonly (readonly [string, readonly string[] | 'all', number])[] = [
    ['check', 'all', 3],
    ['check .', 'all', 3],
    ['check src/a.js old.js', ['src/a.js', 'old.js'], 3],
    ['check src', 'all', 2],
    ['check src/deep', 'all', 0],
  ];
  for (const [words, paths, count] of asked) {
    it(`asks for ${JSON.stringify(paths)} and shows ${count} of it: codegen-lab ${words}`, async () => {
      const calls: unknown[] = [];
      const ended = await check(`${words} --json`, findings, {}, calls);
      assert.deepEqual(calls, [paths]);
      assert.equal((JSON.parse(ended.stdout) as unknown[]).length, count);
    });
  }

  it('lets no finding write to the terminal, pass for a line of ours, or colour a pipe', async () => {
    const forged = {
      ...finding(`src/${escape}`, 'error', 1),
      message: `bad\n0 errors ${escape}`,
      code: `c${escape}`,
    };
    const { stdout } = await check('check', [forged]);
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000B-\u001F\u202E]/);
    assert.doesNotMatch(stdout, /^0 errors/m);
  });

  it('says of files that were named why nobody looked at them', async () => {
    const other = new CommandLineWorkspace({
      'a.bin': 'a\u0000b',
      'big.js': 'x'.repeat(1_100_000),
      'a.js': '',
    });
    const engine = createScriptedEngine({ check: async () => [] });
    const { code, stdout, stderr } = await other.run('check a.bin big.js a.js', { engine: { engine } });
    other.remove();
    assert.deepEqual([code, stdout], [0, 'No problems.\n']);
    assert.equal(
      stderr,
      'a.bin was not checked: it is no UTF-8 text.\nbig.js was not checked: it is larger than 1 MB.\n',
    );
  });

  it('colours a terminal unless the user wants none', async () => {
    const coloured = async (env: Record<string, string>): Promise<boolean> =>
      (await check('check', findings, { line: { env }, terminal: true })).stdout.includes('\u001B[31m');
    assert.deepEqual(
      [await coloured({}), await coloured({ NO_COLOR: '1' }), await coloured({ TERM: 'dumb' })],
      [true, false, false],
    );
    assert.equal(await coloured({ NO_COLOR: '' }), true);
  });

  function check(
    words: string,
    findings: readonly Finding[],
    setup: CommandLineSetup = {},
    calls: unknown[] = [],
  ): Promise<Ended> {
    const engine = createScriptedEngine({
      check: async (_root, paths) => {
        calls.push(paths);
        return findings;
      },
    });
    return workspace.run(words, { ...setup, engine: { engine } });
  }
});

function pick({ code, stdout }: Ended): readonly [number, string] {
  return [code, stdout];
}

function finding(path: string, severity: Finding['severity'], line: number): Finding {
  const range = { start: { line, character: 2 }, end: { line, character: 5 } };
  return { path, range, severity, code: 'x.bad', message: 'a bad thing', rule: 'some rule' };
}
