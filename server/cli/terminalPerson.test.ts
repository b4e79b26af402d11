import assert from 'node:assert/strict';
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
    answer: { readonly accept: boolean; readonly seen: boolean } | undefined,
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
