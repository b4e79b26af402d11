import assert from 'node:assert/strict';
import { createTextCatalog } from '../../test/textCatalog.ts';
import { ruleHash } from './effectiveHash.ts';
import { parseRuleDocument } from './parseRuleDocument.ts';
import { ruleFindings } from './ruleFindings.ts';

describe('ruleFindings', () => {
  it('places problems by line and UTF-16 column', () => {
    const findings = ruleFindings(
      parseRuleDocument('a.mdc', '---\r\ndescription: 😀\r\nglobs: ok/*, ../x\r\n---\r\n'),
    );
    assert.deepEqual(
      findings.map(({ path, range, code, severity }) => ({ path, range, code, severity })),
      [
        {
          path: 'a.mdc',
          range: { start: { line: 2, character: 13 }, end: { line: 2, character: 17 } },
          code: 'rule.bad-glob',
          severity: 'error',
        },
      ],
    );
  });
});

describe('ruleHash', () => {
  const digest = (text: string): string => text;
  const hashes = (path: string, text: string): readonly string[] => {
    const { file, blocks } = parseRuleDocument(path, text);
    return [file, ...blocks].map((rule) => ruleHash(rule, digest));
  };
  const text = '---\nglobs: a\n---\nBody\n<rule>\nname: x\n</rule>\nEnd\n';

  it('does not depend on where the file lies', () => {
    assert.deepEqual(hashes('a.mdc', text), hashes('b/.cursor/rules/c.mdc', text));
  });

  it('changes with the frontmatter for all rules of the file', () => {
    const changed = hashes('a.mdc', text.replace('globs: a', 'globs: b'));
    assert.deepEqual(
      hashes('a.mdc', text).map((hash, at) => hash === changed[at]),
      [false, false],
    );
  });

  it('changes with the text for the file’s rule, and not for its block', () => {
    const changed = hashes('a.mdc', text.replace('End', 'Fin'));
    assert.deepEqual(
      hashes('a.mdc', text).map((hash, at) => hash === changed[at]),
      [false, true],
    );
  });

  it('changes with what its parents say and what it includes, and not with priority, places and what others say', () => {
    const texts = {
      'a.mdc': '---\nextends: ./b.mdc\n---\nA\n@include part.md\n',
      'b.mdc': '---\nglobs: x\nmetadata: { span: 1 }\n---\nB\n',
      'c.mdc': '---\nglobs: c\n---\nC\n',
      'part.md': 'Part',
    };
    const hash = (changes: Readonly<Record<string, string>>): string => {
      const rule = createTextCatalog({ ...texts, ...changes }).effective('a.mdc')?.rule;
      assert.ok(rule);
      return ruleHash(rule, digest);
    };
    const before = hash({});
    const same = [
      { 'b.mdc': '---\n# a comment\nglobs:   x\nmetadata: { span: 1 }\npriority: 4\n---\nB\n' },
      { 'c.mdc': '' },
    ];
    const other = [
      { 'b.mdc': texts['b.mdc'].replace('globs: x', 'globs: y') },
      { 'b.mdc': texts['b.mdc'].replace('span: 1', 'span: 2') },
      { 'b.mdc': texts['b.mdc'].replace('B', 'Other') },
      { 'part.md': 'Other' },
      { 'a.mdc': texts['a.mdc'].replace('A', 'Other') },
    ];
    assert.deepEqual(
      [...same, ...other].map((change) => hash(change) === before),
      [...same.map(() => true), ...other.map(() => false)],
    );
  });

  it('changes with the block for both', () => {
    const changed = hashes('a.mdc', text.replace('name: x', 'name: y'));
    assert.deepEqual(
      hashes('a.mdc', text).map((hash, at) => hash === changed[at]),
      [false, false],
    );
  });
});
