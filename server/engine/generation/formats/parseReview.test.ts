import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseReview, type ReviewRemark } from './parseReview.ts';

const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
const remark = (more: Partial<ReviewRemark> = {}): ReviewRemark => ({
  severity: 'warning',
  message: 'It fails.',
  quote: 'a();',
  ...more,
});

const cases: readonly (readonly [
  title: string,
  answer: string,
  remarks: readonly ReviewRemark[],
  unreadable?: number,
])[] = [
  ['one finding', text('FINDING warning: It fails.', '```js', 'a();', '```'), [remark()]],
  [
    'a suggestion',
    text(
      'FINDING error: It fails.',
      '```js',
      'a();',
      '```',
      '',
      'SUGGESTION:',
      '```js',
      'b();',
      'c();',
      '```',
    ),
    [remark({ severity: 'error', suggestion: 'b();\nc();' })],
  ],
  [
    'a suggestion to delete',
    text('FINDING hint: It fails.', '```', 'a();', '```', 'SUGGESTION:', '```', '```'),
    [remark({ severity: 'hint', suggestion: '' })],
  ],
  [
    'several, with prose around',
    text(
      'Here:',
      '## FINDING info - It',
      'fails.',
      '~~~',
      'a();',
      '~~~',
      'And',
      '**FINDING warning: It fails.',
      '```',
      '  a();',
      '```',
    ),
    [remark({ severity: 'information' }), remark({ quote: '  a();' })],
  ],
  ['fences of five', text('FINDING warning: It fails.', '`````', '```', '`````'), [remark({ quote: '```' })]],
  ['windows', 'FINDING warning: It fails.\r\n```js\r\na();\r\n```\r\n', [remark()]],
  ['thoughts', text('<think>', 'FINDING error: no', '```', 'x', '```', '</think>', 'NO FINDINGS'), []],
  ['nothing found', 'NO FINDINGS.', []],
  ['a finding in a fence', text('```', 'FINDING error: x', '```', 'NO FINDINGS'), []],
  ['no quote', text('FINDING warning: It fails.', 'NO FINDINGS'), [], 1],
  [
    'no quote, then one',
    text('FINDING error: x', 'FINDING warning: It fails.', '```', 'a();', '```'),
    [remark()],
    1,
  ],
  ['a fence that is cut', text('FINDING warning: It fails.', '```', 'a();'), [], 1],
];

describe('parseReview', () => {
  for (const [title, answer, remarks, unreadable = 0] of cases) {
    it(title, () => {
      const read = parseReview(answer);
      assert.equal(read.kind, 'read');
      assert.deepEqual(read.kind === 'read' && read.remarks, remarks);
      assert.equal(read.kind === 'read' && read.unreadable.length, unreadable);
    });
  }

  for (const [title, answer] of [
    ['prose', 'Looks good to me!'],
    ['nothing', ''],
    ['thoughts alone', '<think>NO FINDINGS'],
    ['a flood', 'x'.repeat(1_000_001)],
  ] as const)
    it(`takes ${title} for no answer`, () => assert.equal(parseReview(answer).kind, 'invalid'));

  it('reads anything without throwing', () => {
    const line = fc.constantFrom(
      'FINDING error: x',
      '```',
      '`````',
      '~~~',
      'SUGGESTION:',
      'a();',
      '',
      'NO FINDINGS',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const read = parseReview(lines.join('\n'));
        const findings = lines.filter((each) => each === 'FINDING error: x').length;
        if (read.kind === 'read') assert.ok(read.remarks.length + read.unreadable.length <= findings);
      }),
    );
  });
});
