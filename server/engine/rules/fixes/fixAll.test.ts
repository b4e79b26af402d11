import assert from 'node:assert/strict';
import { applySuppressions } from '../suppression/applySuppressions.ts';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import { fixAll } from './fixAll.ts';

const block = (...lines: readonly string[]): string => `<rule>\nname: x\n${lines.join('\n')}\n</rule>\n`;

describe('fixAll', () => {
  const cases: readonly (readonly [title: string, before: string, after: string])[] = [
    ['leaves a file without problems as it is', '---\non: save\n---\n', '---\non: save\n---\n'],
    [
      'mends what comes to light by mending',
      block('filterz:', '  - type: path', '    pattern: x'),
      block('filters:', '  - type: file_path', '    pattern: x'),
    ],
    [
      'leaves what a comment silences, also in later passes',
      block('filterz:', '  - type: path # codegen-lab-ignore rule.other-spelling', '    pattern: x'),
      block('filters:', '  - type: path # codegen-lab-ignore rule.other-spelling', '    pattern: x'),
    ],
    [
      'keeps a comment that silences a problem of the folder',
      '---\ndescripton: x\n---\n<!-- codegen-lab-ignore rule.missing-file -->\n[a](mdc:a.md)\n',
      '---\ndescription: x\n---\n<!-- codegen-lab-ignore rule.missing-file -->\n[a](mdc:a.md)\n',
    ],
    ['leaves what only its author can tell', '---\nglobs: *.ts\n---\n', '---\nglobs: *.ts\n---\n'],
    [
      'mends several things on one line',
      '---\non: file_edit, ai_code_generation\n---\n',
      '---\non: save, model-write\n---\n',
    ],
  ];
  for (const [title, before, after] of cases) {
    it(title, () => {
      const document = parseRuleDocument('a.mdc', before);
      const problems = applySuppressions(document, document.problems).filter(
        ({ code }) => code !== 'rule.unused-suppression',
      );
      assert.equal(fixAll(document, problems).document.text, after);
    });
  }

  it('leaves codes that are hidden', () => {
    const document = parseRuleDocument('a.mdc', '---\ndescripton: a\non: file_edit\n---\n');
    const shown = document.problems.filter(({ code }) => code !== 'rule.other-spelling');
    assert.equal(fixAll(document, shown).document.text, '---\ndescription: a\non: file_edit\n---\n');
  });

  it('says what it did, and by which edit', () => {
    const document = parseRuleDocument('a.mdc', '---\ndescripton: a\n---\n');
    const { edits, done } = fixAll(document, document.problems);
    assert.deepEqual(done, ['Change to `description`']);
    assert.deepEqual(edits, [{ span: { start: 12, end: 12 }, newText: 'i' }]);
  });
});
