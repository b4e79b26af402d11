import assert from 'node:assert/strict';
import { check } from '../../test/checkedFile.ts';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import { latePatterns, scriptPatterns } from '../../test/scriptPatterns.ts';
import { parseRuleDocument } from '../rules/parseRuleDocument.ts';
import { checkFile } from './checkFile.ts';

const text = 'import x\n// TODO one\nlet y = 1; // TODO two ok\n';

describe('what checkFile finds', () => {
  it('names the kind of action, the rule and the file', async () => {
    const [finding] = await check({
      action: ['type: reject', 'conditions:', '  - {pattern: let, message: x}'],
      text,
    });
    assert.deepEqual([finding?.code, finding?.rule, finding?.path], ['check.reject', 'r', 'src/a.ts']);
  });

  const addresses: readonly (readonly [what: string, conditions: readonly string[]])[] = [
    ['a condition', ['  - {pattern: let, message: x, learn_more_url: "https://x.org/a"}']],
    ['joined conditions', ['  - {pattern: let}', '  - {pattern: y, learn_more_url: "https://x.org/a"}']],
  ];
  for (const [what, conditions] of addresses) {
    it(`says where to read more about ${what}`, async () => {
      const [finding] = await check({ action: ['type: validate', 'conditions:', ...conditions], text });
      assert.equal(finding?.learnMore, 'https://x.org/a');
    });
  }

  for (const [type, severity] of [
    ['reject', 'error'],
    ['validate', 'warning'],
  ]) {
    it(`says as ${severity} when a ${type} ran out of time`, async () => {
      const findings = await check({
        action: [`type: ${type}`, 'conditions:', '  - {pattern: "(?!x)a+", message: x}'],
        text,
        patterns: latePatterns,
      });
      assert.deepEqual(
        findings.map((finding) => finding.severity),
        [severity],
      );
      assert.match(findings[0]?.message ?? '', /longer than 50 ms/);
    });
  }

  it('keeps the findings of one rule in bounds', async () => {
    const findings = await check({
      action: ['type: validate', 'conditions:', '  - {pattern: a, message: x}'],
      text: 'a\n'.repeat(5000),
    });
    assert.equal(findings.length, 200);
  });

  it('finds nothing once it is cancelled', async () => {
    const abort = new AbortController();
    const { file } = parseRuleDocument(
      'a.mdc',
      '---\nactions: [{type: validate, conditions: [{pattern: let}]}]\n---\n',
    );
    abort.abort();
    const request = {
      root: '/w',
      path: 'a.ts',
      text,
      rules: [file],
      files: createInMemoryFiles(),
      patterns: scriptPatterns,
    };
    assert.deepEqual(await checkFile(request, abort.signal), []);
  });
});
