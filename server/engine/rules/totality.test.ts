import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseRuleDocument } from './parseRuleDocument.ts';
import type { RuleDocument } from './rule.ts';

const corpus = new URL('../../../test-fixtures/rules/corpus/', import.meta.url);
const samples = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.mdc(?:\.md)?$/.test(file))
  .map((file) => readFileSync(new URL(file, corpus), 'utf8'));

/** Every place lies in the text, and a problem that is an error stops a rule. */
function assertSound(document: RuleDocument): void {
  const rules = [document.file, ...document.blocks];
  const spans = [
    ...document.problems.map((problem) => problem.span),
    ...rules.flatMap((rule) => [rule.span, ...rule.written.values(), ...rule.globs.map((glob) => glob.span)]),
    ...rules.flatMap((rule) => [
      ...rule.filters.map((filter) => filter.span),
      ...rule.actions.map((action) => action.span),
    ]),
    ...rules.flatMap((rule) =>
      rule.actions.flatMap((action) => action.conditions.map((condition) => condition.span)),
    ),
  ];
  for (const { start, end } of spans) assert.ok(start >= 0 && start <= end && end <= document.text.length);
  for (const problem of document.problems) assert.notEqual(problem.message, '');
  if (document.problems.some((problem) => problem.severity === 'error')) {
    assert.ok(rules.some((rule) => !rule.active && rule.inactiveReason !== undefined));
  }
}

const piece = fc.constantFrom(
  ...[
    '---',
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    ':',
    '- ',
    '#',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '*',
    '&a',
    '*a',
    '|',
    '>',
    '!',
    '!!x',
    '\\',
    ',',
  ],
  ...[
    'globs',
    'globs: ',
    'description: ',
    'alwaysApply: true',
    'on: save',
    'filters:',
    'actions:',
    'type: ',
    'pattern: ',
    'conditions:',
  ],
  ...[
    '<rule>',
    '</rule>',
    '```',
    '**/*.ts',
    'message: |',
    '\u200B',
    '\uFEFF',
    '😀',
    '\u0000',
    '@include x',
    '../',
    '(?i)',
    '\\d',
    '(a',
    '{{',
  ],
);
const grammar = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

describe('parseRuleDocument is total', () => {
  it('for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) =>
        assertSound(parseRuleDocument('a.mdc', text)),
      ),
      { numRuns: 2000 },
    );
  });

  it('for texts made of what rule files are made of', () => {
    const framed = fc
      .tuple(grammar, grammar)
      .map(([header, body]) => `---\n${header}\n---\n<rule>\n${body}\n</rule>\n`);
    fc.assert(
      fc.property(fc.oneof(grammar, framed), (text) =>
        assertSound(parseRuleDocument('sub/.cursor/rules/a.mdc', text)),
      ),
      { numRuns: 5000 },
    );
  });

  it('for public rule files with a piece cut out or put in', () => {
    const cut = fc.tuple(fc.constantFrom(...samples), fc.nat(4000), fc.nat(60), piece);
    const mutated = cut.map(([text, at, length, added]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + added + text.slice(from + length);
    });
    fc.assert(
      fc.property(mutated, (text) => assertSound(parseRuleDocument('a.mdc', text))),
      { numRuns: 600 },
    );
  }).timeout(60_000);

  it('for public rule files cut off anywhere', () => {
    const [text = ''] = samples.toSorted((left, right) => right.length - left.length);
    for (let end = 0; end < text.length; end += 97)
      assertSound(parseRuleDocument('a.mdc', text.slice(0, end)));
  }).timeout(60_000);
});
