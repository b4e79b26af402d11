import assert from 'node:assert/strict';
import { applySuppressions } from '../suppression/applySuppressions.ts';
import { fixAll } from '../fixes/fixAll.ts';
import { fixesFor } from '../fixes/fixesFor.ts';
import { parseRuleDocument } from '../parseRuleDocument.ts';

/** Texts of up to 1 MB that are made to keep a check or a fix busy: what takes the square of their length would not end. */
const texts: readonly (readonly [title: string, text: string])[] = [
  ['comments that open and never close', `---\non: save\n---\n${'<!--'.repeat(200_000)}`],
  ['comments side by side', `---\non: save\n---\n${'<!-- a b c d -->'.repeat(60_000)}`],
  ['comments in fences', `---\non: save\n---\n${'```\n<!-- a b c d -->\n```\n'.repeat(38_000)}`],
  ['blank lines', `---\non: save\n---\n${'\n'.repeat(900_000)}x`],
  ['white space with words far apart', `---\non: save\n---\n${`${' '.repeat(99)}x`.repeat(9_000)}`],
  ['spaces', `---\non: save\n---\n${' '.repeat(900_000)}x`],
  ['suppressions', `---\n${'# codegen-lab-ignore rule.bare-glob\n'.repeat(1_700)}globs: *.ts\n---\n`],
  ['one long suppression', `---\non: save\n---\n<!-- codegen-lab-ignore ${' '.repeat(900_000)} x`],
  ['an unclosed block of blank lines', `<rule>\nname: x\n${'\n'.repeat(60_000)}x`],
  ['a value with many spaces', `<rule>\nactions:\n  - type: @x${' '.repeat(60_000)}y\n</rule>\n`],
  [
    'a pattern of stars',
    `<rule>\nfilters:\n  - type: content\n    pattern: (?=(${'*'.repeat(60_000)}\n</rule>\n`,
  ],
  [
    'a hundred globs',
    `---\nglobs: ${Array.from({ length: 100 }, (_, at) => `**/a/**/${at}/**/*.ts`).join(', ')}\n---\n`,
  ],
  ['globs of stars', `---\nglobs: ${'**/a/'.repeat(12)}*, ${'**/a/'.repeat(12)}**/b\n---\n`],
];

describe('checks and fixes', () => {
  for (const [title, text] of texts) {
    it(`end soon with ${title}`, () => {
      const document = parseRuleDocument('.cursor/rules/a.mdc', text);
      applySuppressions(document, document.problems);
      for (const problem of document.problems.slice(0, 3)) fixesFor(document, problem);
      fixAll(document, document.problems.slice(0, 3));
      assert.equal(document.text, text);
    }).timeout(20_000);
  }
});
