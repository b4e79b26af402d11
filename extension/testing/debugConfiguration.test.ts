import assert from 'node:assert/strict';
import type { DebugCommand } from '../../server/protocol/testDisplay.ts';
import { configureDebugger } from './debugConfiguration.ts';

function command(language: string, ...argv: readonly [string, ...string[]]): DebugCommand {
  return { run: 'r', folder: '/w', title: 'Debug tests', language, argv, cwd: '/w/p', env: { A: '1' } };
}

describe('configureDebugger', () => {
  const cases: readonly (readonly [string, DebugCommand, Readonly<Record<string, unknown>>])[] = [
    [
      'node',
      command('node', '/bin/node', '--test', 'a.js'),
      { type: 'node', runtimeExecutable: '/bin/node', runtimeArgs: ['--test', 'a.js'] },
    ],
    [
      'a Python module',
      command('python', '/bin/python', '-m', 'pytest', '--', 'a.py'),
      { type: 'debugpy', python: ['/bin/python'], module: 'pytest', args: ['--', 'a.py'] },
    ],
    [
      'Python that another program starts',
      command('python', 'uv', 'run', 'python', '-m', 'pytest'),
      { python: ['uv', 'run', 'python'], module: 'pytest', args: [] },
    ],
    [
      'a Python script',
      command('python', '/bin/python', '/x/run.py', '-m'),
      { python: ['/bin/python'], program: '/x/run.py', args: ['-m'] },
    ],
  ];
  for (const [what, given, expected] of cases) {
    it(`starts ${what} in the folder of the package, with its environment`, () => {
      const chosen = configureDebugger(given, () => true);
      assert.ok(chosen.kind === 'chosen');
      const wanted = { ...expected, request: 'launch', cwd: '/w/p', env: { A: '1' } };
      for (const [key, value] of Object.entries(wanted))
        assert.deepEqual(chosen.configuration[key], value, key);
    });
  }

  const refusals: readonly (readonly [string, DebugCommand, RegExp])[] = [
    [
      'a debugger is missing',
      command('python', 'python', '-m', 'pytest'),
      /needs the extension Python Debugger \(ms-python\.debugpy\)/,
    ],
    ['a language has none', command('rust', 'cargo', 'test'), /^Tests in rust cannot be debugged from here/],
  ];
  for (const [what, given, message] of refusals) {
    it(`says what to do when ${what}`, () => {
      const chosen = configureDebugger(given, () => false);
      assert.ok(chosen.kind === 'refused');
      assert.match(chosen.message, message);
    });
  }

  it('refuses a command whose form the debugger does not know', () => {
    assert.equal(configureDebugger(command('python', 'python', '-V'), () => true).kind, 'refused');
  });
});
