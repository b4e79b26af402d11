import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyCommands, KeyCommandError } from './keyCommands.ts';

const never = new AbortController().signal;
const node = process.execPath;

describe('a key command', () => {
  let folder: string;
  let calls: string;
  let now = 0;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-key-'));
    calls = join(folder, 'calls');
  });
  beforeEach(() => writeFileSync(calls, ''));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** A program that notes how it was called and does what `code` says. */
  const program = (code: string, ...args: readonly string[]): readonly string[] => [
    node,
    '-e',
    `require('fs').appendFileSync(${JSON.stringify(calls)}, JSON.stringify([process.cwd(), ...process.argv.slice(1)]) + '\\n'); ${code}`,
    ...args,
  ];
  const source = (argv: readonly string[], timeoutMs?: number) =>
    createKeyCommands({
      commands: () => ({ openai: argv }),
      environment: process.env,
      now: () => now,
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
  const countCalls = (): number => readFileSync(calls, 'utf8').split('\n').length - 1;

  it('gives its first line, with its arguments as they are, outside of any workspace', async () => {
    const keys = source(program(`console.log('the-key\\nmore')`, '$(touch pwned)', '; ls'));
    assert.equal(await keys.read('openai', never), 'the-key');
    const [cwd, ...args] = JSON.parse(readFileSync(calls, 'utf8')) as readonly string[];
    assert.equal(realpathSync(cwd ?? ''), realpathSync(homedir()));
    assert.deepEqual(args, ['$(touch pwned)', '; ls']);
    assert.equal(await keys.read('anthropic', never), undefined);
    assert.equal(await keys.read('constructor', never), undefined);
  });

  it('is run once for calls at a time and for some minutes, and anew when its key was refused', async () => {
    const keys = source(program(`console.log('key-' + Math.random())`));
    const [one, two] = await Promise.all([keys.read('openai', never), keys.read('openai', never)]);
    assert.equal(one, two);
    assert.equal(countCalls(), 1);
    keys.forget?.('openai');
    assert.notEqual(await keys.read('openai', never), one);
    now += 5 * 60_000;
    await keys.read('openai', never);
    assert.equal(countCalls(), 3);
  });

  for (const [what, given, message, timeoutMs] of [
    ['fails', `console.error('canary'); process.exit(3)`, /failed \(exit code 3\)/, 10_000],
    ['prints nothing', '', /printed nothing/, 10_000],
    ['hangs', 'setInterval(() => 0, 1000)', /did not end in time/, 300],
    [
      'prints without end',
      `console.log('canary'.repeat(100_000)); setInterval(() => 0, 1000)`,
      /failed|in time/,
      10_000,
    ],
    ['is not there', ['no-such-program-canary'], /a program that is not there/, 10_000],
    ['is a relative path', ['./canary/op'], /a name or an absolute path/, 10_000],
  ] as const) {
    it(`that ${what} says so, and nothing of what it says or is`, async () => {
      const keys = source(typeof given === 'string' ? program(given) : given, timeoutMs);
      await assert.rejects(keys.read('openai', never), (error: Error) => {
        assert.ok(error instanceof KeyCommandError);
        assert.match(error.message, message);
        assert.doesNotMatch(error.message + String(error.cause), /canary/);
        return true;
      });
    });
  }

  it('that failed is run again by the next call', async () => {
    const keys = source(program('process.exit(1)'));
    await assert.rejects(keys.read('openai', never));
    await assert.rejects(keys.read('openai', never));
    assert.equal(countCalls(), 2);
  });
});
