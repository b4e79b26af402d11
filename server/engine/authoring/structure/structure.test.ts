import assert from 'node:assert/strict';
import { createAuthoringFile } from '../../../test/authoringFile.ts';
import { createLineMap } from '../../documents/lineMap.ts';
import { parseRuleDocument } from '../../rules/parseRuleDocument.ts';
import { findInlayHints } from '../hints/findInlayHints.ts';
import { findFolds } from './findFolds.ts';
import { findSelections } from './findSelections.ts';
import { findSymbols, type RuleSymbol } from './findSymbols.ts';
import { findTokens } from './findTokens.ts';
import { findWorkspaceSymbols } from './findWorkspaceSymbols.ts';

const path = '.cursor/rules/x.mdc';
const text = [
  '---',
  'globs: # where',
  '  - src/**',
  '  - "!**/x.ts"',
  'on: save',
  'actions:',
  '  - id: first',
  '    type: generate',
  '    target: "a/{stem}.ts"',
  '    message: |',
  '      One',
  '      Two',
  'budget: { usd: 1 }',
  '---',
  '# Top',
  'Text.',
  '## Below',
  '```',
  '# no heading',
  '```',
  '<rule>',
  'name: small',
  'filters:',
  '  - type: content',
  '    pattern: a',
  '</rule>',
  '# Next',
  '',
].join('\n');
const document = parseRuleDocument(path, text);

function render(symbols: readonly RuleSymbol[], indent = ''): readonly string[] {
  return symbols.flatMap(({ name, detail, children }) => [
    `${indent}${name}${detail === '' ? '' : ` (${detail})`}`,
    ...render(children, `${indent}  `),
  ]);
}

describe('the structure of a rule file', () => {
  it('as an outline', () => {
    assert.deepEqual(render(findSymbols(document)), [
      'Frontmatter (x)',
      '  globs',
      '    src/**',
      '    "!**/x.ts"',
      '  on (save)',
      '  actions',
      '    first',
      '      id (first)',
      '      type (generate)',
      '      target ("a/{stem}.ts")',
      '      message',
      '  budget ({ usd: 1 })',
      '    usd (1)',
      'Top',
      '  Below',
      '    small (<rule>)',
      '      name (small)',
      '      filters',
      '        content',
      '          type (content)',
      '          pattern (a)',
      'Next',
    ]);
  });

  it('as folds', () => {
    const lines = createLineMap(text);
    const folds = findFolds(document)
      .map((span) => lines.toRange(span))
      .filter(({ start, end }) => end.line > start.line);
    const rows = folds.map(({ start, end }) => `${start.line} ${end.line}`);
    for (const row of ['0 13', '1 3', '5 11', '9 11', '14 25', '16 25', '17 19', '20 25', '22 24'])
      assert.ok(rows.includes(row), `${row} is not among ${rows.join(', ')}`);
  });

  it('as selections that grow', () => {
    const grown = findSelections(document, text.indexOf('stem')).map(({ start, end }) =>
      text.slice(start, end),
    );
    assert.deepEqual(grown.slice(0, 4), ['stem', 'a/{stem}.ts', '"a/{stem}.ts"', 'target: "a/{stem}.ts"']);
    assert.equal(grown.at(-1), text);
    const prose = findSelections(document, text.indexOf('Text')).map(({ start, end }) =>
      text.slice(start, end),
    );
    assert.deepEqual(prose.slice(0, 3), [
      'Text',
      'Text.',
      '# Top\nText.\n## Below\n```\n# no heading\n```\n<rule>\nname: small\nfilters:\n  - type: content\n    pattern: a\n</rule>',
    ]);
  });

  it('as tokens', () => {
    const tokens = findTokens(document, []).map(
      ({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`,
    );
    assert.deepEqual(tokens, [
      'property globs',
      'comment # where',
      'string src/**',
      'string "!**/x.ts"',
      'property on',
      'enumMember save',
      'property actions',
      'property id',
      'string first',
      'property type',
      'enumMember generate',
      'property target',
      'string "a/',
      'variable {stem}',
      'string .ts"',
      'property message',
      'string |',
      'string One',
      'string Two',
      'property budget',
      'property usd',
      'number 1',
      'property name',
      'string small',
      'property filters',
      'property type',
      'enumMember content',
      'property pattern',
      'regexp a',
    ]);
  });

  it('as tokens of references', () => {
    const file = createAuthoringFile(path, '@include ./a.md#One\n[x](mdc:b.md)\n', {
      rules: { '.cursor/rules/a.md': '', 'b.md': '' },
    });
    const written = file.document.text;
    const tokens = findTokens(file.document, file.catalog.references(path)).map(
      ({ kind, span }) => `${kind} ${written.slice(span.start, span.end)}`,
    );
    assert.deepEqual(tokens, ['macro @include', 'namespace ./a.md', 'namespace b.md']);
  });

  it('as hints', () => {
    const file = createAuthoringFile(path, text, { paths: ['src/a.ts', 'src/x.ts', 'b.ts'] });
    const hints = (within: { readonly start: number; readonly end: number }): readonly string[] =>
      findInlayHints(file, within).map(
        ({ offset, label }) => `${text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)} ← ${label}`,
      );
    assert.deepEqual(hints({ start: 0, end: text.length }), [
      '--- ← Auto Attached, Triggered',
      '<rule> ← Triggered',
      'globs: ← 1 file',
      '  - src/** ← 2 files',
    ]);
    assert.deepEqual(hints({ start: 0, end: 3 }), ['--- ← Auto Attached, Triggered']);
  });

  it('as names in the workspace', () => {
    const file = createAuthoringFile(path, text, {
      rules: { 'docs/style.mdc': '---\nname: house style\n---\n' },
    });
    const names = (query: string): readonly string[] =>
      findWorkspaceSymbols(file.catalog, query).map(({ rule }) => rule.name);
    assert.deepEqual(names(''), ['x', 'small', 'house style']);
    assert.deepEqual(names('SML'), ['small']);
    assert.deepEqual(names('hst'), ['house style']);
    assert.deepEqual(names('sth'), []);
  });
});
