import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ActionFinding } from '../engine/journal/actionFindings.ts';
import { provideReviewFixes } from './provideReviewFixes.ts';

const uri = 'file:///w/a.js';
const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } };
const finding: ActionFinding = {
  id: 'r/review/0',
  run: 'r',
  path: 'a.js',
  range,
  severity: 'warning',
  code: 'review.finding',
  message: 'Wrong.',
  fix: { range, newText: 'c();', replaces: 'b();' },
};

function ask(text: string, more: Partial<ActionFinding> = {}, only?: string): readonly unknown[] {
  const found = { ...finding, ...more };
  const parts = {
    engine: { actionFindings: () => [found] },
    documents: { get: () => TextDocument.create(uri, 'javascript', 1, text) },
    folders: { place: () => ({ root: '/w', path: 'a.js' }) },
  };
  const shown = { range: found.range, message: found.message, code: found.code };
  const context = { diagnostics: [shown], ...(only === undefined ? {} : { only: [only] }) };
  const actions = provideReviewFixes(parts, { textDocument: { uri }, range, context });
  return actions.map(({ title, kind, edit }) => [title, kind, edit?.changes?.[uri]]);
}

const offered = (line: number): readonly unknown[] => [
  [
    'Apply suggestion: Wrong.',
    'quickfix',
    [{ range: { start: { line, character: 0 }, end: { line, character: 4 } }, newText: 'c();' }],
  ],
];

describe('suggestions of reviews in an editor', () => {
  for (const [what, text, expected] of [
    ['where they were found', 'a();\nb();\n', offered(1)],
    ['where the text stands now', 'x();\na();\nb();\n', offered(2)],
    ['at the end of a file', 'x();\r\na();\r\nb();', offered(2)],
    ['nowhere, once it is gone', 'a();\nd();\n', []],
    ['nowhere, once it is there twice and moved', 'b();\na();\nb();\n', []],
    ['nowhere, where it became a part of a line', 'a();\nif (a) b();\n', []],
  ] as const)
    it(`are offered ${what}`, () => assert.deepEqual(ask(text), expected));

  it('are offered for findings of reviews that suggest something alone', () => {
    const { fix: _fix, ...without } = finding;
    const { length } = provideReviewFixes(
      {
        engine: { actionFindings: () => [without] },
        documents: { get: () => TextDocument.create(uri, 'javascript', 1, 'a();\nb();\n') },
        folders: { place: () => ({ root: '/w', path: 'a.js' }) },
      },
      {
        textDocument: { uri },
        range,
        context: { diagnostics: [{ range, message: 'Wrong.', code: 'review.finding' }] },
      },
    );
    assert.equal(length, 0);
    assert.deepEqual(ask('a();\nb();\n', { code: 'gcc' }), []);
    assert.deepEqual(ask('a();\nb();\n', { path: 'b.js' }), []);
    assert.deepEqual(ask('a();\nb();\n', {}, 'refactor'), []);
    assert.deepEqual(ask('a();\nb();\n', {}, 'quickfix'), offered(1));
  });
});
