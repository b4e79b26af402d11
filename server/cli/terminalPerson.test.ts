import assert from 'node:assert/strict';
import type { LandingAnswer } from '../engine/ports/person.ts';
import { createPaint } from './render/paint.ts';
import { createTerminalPerson } from './terminalPerson.ts';

const question = {
  rule: 'tests',
  summary: '3 passed.',
  files: [{ path: 'a.test.js', after: 'one\ntwo\n' }],
  showsDiff: false,
};
const { signal } = new AbortController();

describe('the person at the terminal', () => {
  const cases: readonly (readonly [
    typed: readonly (string | undefined)[],
    answer: LandingAnswer | undefined,
    diffs: number,
    showsDiff?: boolean,
  ])[] = [
    [['y'], { accept: true, seen: false }, 0],
    [[' Yes '], { accept: true, seen: false }, 0],
    [['n'], { accept: false, seen: false }, 0],
    [['d', 'y'], { accept: true, seen: true }, 1],
    [['', 'what?', 'n'], { accept: false, seen: false }, 0],
    [[undefined], undefined, 0],
    [['y'], { accept: true, seen: true }, 1, true],
    [['p', 'y'], { accept: true, seen: true, hunks: [{ path: 'a.test.js', kept: [0] }] }, 1],
    [['p', '?', 'n'], { accept: false, seen: true, hunks: [{ path: 'a.test.js', kept: [] }] }, 1],
    [['p', undefined], undefined, 1],
  ];
  for (const [typed, expected, diffs, showsDiff = false] of cases)
    it(`types ${JSON.stringify(typed)}${showsDiff ? ' under the difference' : ''}`, async () => {
      const left = [...typed];
      let shown = '';
      const output = {
        stdout: () => assert.fail('the question is no result'),
        stderr: (text: string) => void (shown += text),
        stdoutIsTerminal: true,
        stderrIsTerminal: true,
      };
      const person = createTerminalPerson(async () => left.shift(), output, createPaint(false));
      assert.deepEqual(await person.decide({ ...question, showsDiff }, signal), expected);
      assert.deepEqual(left, []);
      assert.match(shown, /^\ntests: 3 passed\.\n {2}create a\.test\.js \+2 -0\n/);
      assert.equal(shown.split('diff --git').length - 1, diffs);
    });
});

describe('the parts of an edit at the terminal', () => {
  const lines = (...changed: readonly number[]): string =>
    Array.from({ length: 16 }, (_, at) => `${at}${changed.includes(at) ? '!' : ''}\n`).join('');
  const files = [
    { path: 'a.js', before: lines(), after: lines(0, 7, 14) },
    { path: 'new.js', after: 'new\n' },
  ];
  const cases: readonly (readonly [
    typed: readonly string[],
    a: readonly number[],
    fresh: readonly number[],
    shown: number,
  ])[] = [
    [['y', 'n', 'y', 'n'], [0, 2], [], 4],
    [['n', 'a'], [1, 2], [0], 2],
    [['y', 'd'], [0], [], 2],
  ];
  for (const [typed, a, fresh, count] of cases)
    it(`are asked about one by one: ${typed.join(' ')}`, async () => {
      const left = ['p', ...typed];
      let shown = '';
      const output = {
        stdout: () => assert.fail('the question is no result'),
        stderr: (text: string) => void (shown += text),
        stdoutIsTerminal: true,
        stderrIsTerminal: true,
      };
      const person = createTerminalPerson(async () => left.shift(), output, createPaint(false));
      const answer = await person.decide({ ...question, files }, signal);
      assert.deepEqual(answer?.hunks, [
        { path: 'a.js', kept: a },
        { path: 'new.js', kept: fresh },
      ]);
      assert.deepEqual(left, []);
      assert.equal(shown.split('@@ -').length - 1, count);
    });

  it('are not offered where what was chosen is not proven', async () => {
    const asked: string[] = [];
    const read = async (text: string): Promise<string> => {
      asked.push(text);
      return asked.length === 1 ? 'p' : 'n';
    };
    const output = {
      stdout: () => undefined,
      stderr: () => undefined,
      stdoutIsTerminal: true,
      stderrIsTerminal: true,
    };
    const person = createTerminalPerson(read, output, createPaint(false));
    assert.deepEqual(await person.decide({ ...question, files, isUnproven: true }, signal), {
      accept: false,
      seen: false,
    });
    assert.deepEqual(asked, Array(2).fill('Land this edit? [y]es, [n]o, [d]iff: '));
  });
});
