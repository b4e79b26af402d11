import assert from 'node:assert/strict';
import { createAcceptingPerson, readAcceptedParts } from './acceptedParts.ts';
import { WrongWords } from './words.ts';

const { signal } = new AbortController();
const lines = (...changed: readonly number[]): string =>
  Array.from({ length: 16 }, (_, at) => `${at}${changed.includes(at) ? '!' : ''}\n`).join('');
const question = {
  rule: 'tidy',
  summary: '3 passed.',
  files: [
    { path: 'src/a.js', before: lines(), after: lines(0, 7, 14) },
    { path: 'new.js', after: 'new\n' },
  ],
  showsDiff: false,
};

async function decide(
  value: string,
  asked: Parameters<ReturnType<typeof createAcceptingPerson>['decide']>[0] = question,
): Promise<{ readonly answer: unknown; readonly said: string }> {
  let said = '';
  const output = {
    stdout: () => assert.fail('the answer is no result'),
    stderr: (text: string) => void (said += text),
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
  };
  const answer = await createAcceptingPerson(readAcceptedParts(value), output).decide(asked, signal);
  return { answer, said };
}

describe('the parts that --accept names', () => {
  const taken: readonly (readonly [value: string, a: readonly number[], fresh: readonly number[]])[] = [
    ['src/a.js', [0, 1, 2], []],
    ['src/a.js:2', [1], []],
    ['./src/a.js:3, src\\a.js:1', [0, 2], []],
    ['src/a.js:1,new.js', [0], [0]],
    ['new.js:1', [], [0]],
  ];
  for (const [value, a, fresh] of taken)
    it(`takes ${value}`, async () => {
      const hunks = [
        { path: 'src/a.js', kept: a },
        { path: 'new.js', kept: fresh },
      ];
      assert.deepEqual(await decide(value), { answer: { accept: true, seen: false, hunks }, said: '' });
    });

  for (const [value, name] of [
    ['src/b.js', 'src/b.js'],
    ['src/a.js:4', 'src/a.js:4'],
    ['src/a.js,new.js:2', 'new.js:2'],
  ] as const)
    it(`takes nothing for ${value}`, async () => {
      const { answer, said } = await decide(value);
      assert.equal(answer, undefined);
      assert.equal(
        said,
        `The proposal has no ${name}, so nothing lands. It changes: src/a.js (hunks: 3), new.js (hunks: 1).\n`,
      );
    });

  it('takes nothing that has to be seen, or is not proven', async () => {
    assert.match((await decide('new.js', { ...question, showsDiff: true })).said, /--ask/);
    const unproven = await decide('new.js', { ...question, isUnproven: true });
    assert.equal(unproven.answer, undefined);
    assert.match(unproven.said, /not proven/);
  });

  for (const value of ['a.js,', ':1', 'a.js:0'])
    it(`cannot be ${JSON.stringify(value)}`, () => assert.throws(() => readAcceptedParts(value), WrongWords));
});
