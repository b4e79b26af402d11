import assert from 'node:assert/strict';
import { renderGithub } from './renderGithub.ts';

describe('renderGithub', () => {
  const place = (line: number, character: number) => ({ line, character });
  const cases: readonly (readonly [
    title: string,
    path: string,
    message: string,
    end: number,
    expected: string,
  ])[] = [
    [
      'escapes what begins a command or a property',
      'a,b:c%.mdc',
      '100% wrong\r\n::error::x',
      0,
      '::warning file=a%2Cb%3Ac%25.mdc,line=1,endLine=1,col=3,endColumn=5,title=rule.x::100%25 wrong ::error::x\n',
    ],
    [
      'leaves columns out where an end is on another line',
      'a.mdc',
      'Bad.',
      2,
      '::warning file=a.mdc,line=1,endLine=3,title=rule.x::Bad.\n',
    ],
  ];
  for (const [title, path, message, end, expected] of cases) {
    it(title, () => {
      const range = { start: place(0, 2), end: place(end, 5) };
      const finding = { path, range, severity: 'warning', code: 'rule.x', message } as const;
      assert.equal(renderGithub({ findings: [finding], showPath: (each) => each }), expected);
    });
  }
});
