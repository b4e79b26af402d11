import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createAuthoringFile } from '../../test/authoringFile.ts';
import { createSeededRandom } from '../../test/seededRandom.ts';
import type { Span } from '../documents/span.ts';
import { applyTextEdits } from '../rules/editing/applyTextEdits.ts';
import { meansTheSame } from '../rules/migration/meansTheSame.ts';
import { parseRuleDocument } from '../rules/parseRuleDocument.ts';
import type { AuthoringFile } from './authoringFile.ts';
import { completeRule } from './completion/completeRule.ts';
import { formatRule } from './formatting/formatRule.ts';
import { findInlayHints } from './hints/findInlayHints.ts';
import { hoverRule } from './hover/hoverRule.ts';
import { findDefinition } from './references/findDefinition.ts';
import { findLinks } from './references/findLinks.ts';
import { findReferencesTo } from './references/findReferences.ts';
import { prepareRename, renameRule } from './references/renameRule.ts';
import { findFolds } from './structure/findFolds.ts';
import { findSelections } from './structure/findSelections.ts';
import { findSymbols, type RuleSymbol } from './structure/findSymbols.ts';
import { findTokens } from './structure/findTokens.ts';

const corpus = new URL('../../../test-fixtures/rules/corpus/', import.meta.url);
const samples = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.mdc(?:\.md)?$/.test(file))
  .map((file) => readFileSync(new URL(file, corpus), 'utf8'));
const paths = ['src/a.ts', 'src/b.py', 'README.md', 'docs/x.md'];

function assertInside(text: string, { start, end }: Span, what: string): void {
  assert.ok(start >= 0 && start <= end && end <= text.length, `${what} ${start} to ${end} of ${text.length}`);
}

function assertNested(text: string, symbols: readonly RuleSymbol[], outer: Span): void {
  for (const { name, whole, span, children } of symbols) {
    assert.notEqual(name, '');
    assertInside(text, whole, name);
    assert.ok(whole.start >= outer.start && whole.end <= outer.end, `${name} lies outside of its parent`);
    assert.ok(span.start >= whole.start && span.end <= whole.end, `the name of ${name} lies outside of it`);
    assertNested(text, children, whole);
  }
}

/** What is asked about a file as a whole. */
function askFile(file: AuthoringFile): void {
  const { document } = file;
  const { text } = document;
  const all = { start: 0, end: text.length };
  assertNested(text, findSymbols(document), all);
  for (const span of findFolds(document)) assertInside(text, span, 'a fold');
  for (const { offset } of findInlayHints(file, all))
    assertInside(text, { start: offset, end: offset }, 'a hint');
  for (const { span } of findLinks(file)) assertInside(text, span, 'a link');
  let last = 0;
  for (const { span } of findTokens(document, file.catalog.references(document.path))) {
    assertInside(text, span, 'a token');
    assert.ok(span.start >= last && span.start < span.end, 'tokens overlap');
    assert.doesNotMatch(text.slice(span.start, span.end), /[\n\r]/);
    last = span.end;
  }
}

/** What is asked at a cursor. */
function askAt(file: AuthoringFile, offset: number): void {
  const { text } = file.document;
  const hover = hoverRule(file, offset);
  if (hover !== undefined) {
    assertInside(text, hover.span, 'a hover');
    assert.ok(hover.span.start <= offset && offset <= hover.span.end && hover.markdown !== '');
  }
  for (const { span, label } of completeRule(file, offset).proposals) {
    assertInside(text, span, label);
    assert.ok(span.start <= offset && offset <= span.end, `${label} replaces what is elsewhere`);
    assert.doesNotMatch(text.slice(span.start, span.end), /[\n\r]/);
  }
  const definition = findDefinition(file, offset);
  if (definition !== undefined) assertInside(text, definition.origin, 'an origin');
  for (const place of definition?.places ?? []) assertInside(place.text ?? '', place.span, place.path);
  for (const { reference } of findReferencesTo(file, offset))
    assert.ok(reference.span.start < reference.span.end);
  const place = prepareRename(file, offset);
  if (place !== undefined) {
    assert.ok(place.span.start <= offset && offset <= place.span.end);
    assert.ok(renameRule(file, offset, 'other').kind !== undefined);
  }
  let inner: Span | undefined;
  for (const span of findSelections(file.document, offset)) {
    assertInside(text, span, 'a selection');
    assert.ok(span.start <= offset && offset <= span.end);
    if (inner)
      assert.ok(
        span.start <= inner.start && span.end >= inner.end && span.end - span.start > inner.end - inner.start,
      );
    inner = span;
  }
}

function format(text: string): string {
  return applyTextEdits(text, formatRule(parseRuleDocument('x.mdc', text)));
}

function assertFormats(text: string): void {
  const formatted = format(text);
  assert.equal(format(formatted), formatted, 'formatting twice changes more');
  assert.ok(meansTheSame(parseRuleDocument('x.mdc', text), parseRuleDocument('x.mdc', formatted)));
}

const piece = fc.constantFrom(
  ...[
    '---',
    '\n',
    '\r\n',
    '  ',
    '\t',
    ': ',
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
    '|\n',
    ',',
    '@',
    '@include ',
  ],
  ...[
    'globs',
    'actions:\n  - type: ',
    'filters',
    'conditions:',
    'pattern',
    '<rule>\n',
    '</rule>\n',
    '{file}',
    '](mdc:',
    '```\n',
  ],
);

describe('help in writing, on public rule files', () => {
  it('answers everything about each of them', () => {
    for (const text of samples) askFile(createAuthoringFile('.cursor/rules/x.mdc', text, { paths }));
  });

  it('answers at any place, in the whole text and in what is typed of it so far', () => {
    const random = createSeededRandom(3);
    for (const text of samples) {
      const whole = createAuthoringFile('.cursor/rules/x.mdc', text, { paths });
      for (let round = 0; round < 6; round += 1) {
        const offset = Math.floor(random.fraction() * (Math.min(text.length, 4_000) + 1));
        askAt(whole, offset);
        const typed = createAuthoringFile('.cursor/rules/x.mdc', text.slice(0, offset), { paths });
        askFile(typed);
        askAt(typed, offset);
      }
    }
  }).timeout(60_000);

  it('answers in texts that make no sense', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(), (pieces, seed) => {
        const text = ['---\n', ...pieces].join('');
        const file = createAuthoringFile('.cursor/rules/x.mdc', text, { paths });
        askFile(file);
        askAt(file, seed % (text.length + 1));
      }),
      { numRuns: 400 },
    );
  });

  it('formats each so that it means the same and is then left alone', () => {
    for (const text of samples) assertFormats(text);
  }).timeout(60_000);

  it('formats texts that make no sense without changing what is read', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) =>
        assertFormats(['---\n', ...pieces, '\n---\nText\n'].join('')),
      ),
      { numRuns: 300 },
    );
  });
});
