import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readProblemFixtures } from '../../../test/problemFixtures.ts';
import { applyTextEdits } from '../editing/applyTextEdits.ts';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import type { RuleDocument, RuleProblem } from '../rule.ts';
import { fixAll } from './fixAll.ts';
import { fixesFor } from './fixesFor.ts';

const corpus = new URL('../../../../test-fixtures/rules/corpus/', import.meta.url);
const publicTexts = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.mdc(?:\.md)?$/.test(file))
  .map((file) => readFileSync(new URL(file, corpus), 'utf8'));
const fixtureTexts = readProblemFixtures()
  .flatMap(({ bad }) => bad.map(({ text }) => text))
  // Nobody parses a file with NUL characters, nor mends one that is too large.
  .filter((text) => text.length < 60_000 && !text.includes('\0'));
const path = 'web/.cursor/rules/a.mdc';

const weight = (problems: readonly RuleProblem[]): number =>
  problems.filter(({ severity }) => severity === 'error' || severity === 'warning').length;

/** Every fix changes what it names and no more, mends its problem, and a certain one brings no other. */
function assertFixes(text: string): void {
  const document = parseRuleDocument(path, text);
  for (const problem of document.problems) {
    for (const fix of fixesFor(document, problem)) assertFix(document, problem, fix);
  }
}

function assertFix(
  document: RuleDocument,
  problem: RuleProblem,
  { title, isCertain, edits }: ReturnType<typeof fixesFor>[number],
): void {
  const label = `${problem.code}: ${title} in ${JSON.stringify(document.text.slice(0, 2000))}`;
  assertInPlace(document, edits, label);
  const after = parseRuleDocument(path, applyTextEdits(document.text, edits));
  assert.notEqual(after.text, document.text, label);
  if (isCertain) assert.ok(weight(after.problems) <= weight(document.problems), label);
}

function assertInPlace(
  document: RuleDocument,
  edits: ReturnType<typeof fixesFor>[number]['edits'],
  label: string,
): void {
  let at = 0;
  for (const { span } of edits.toSorted((left, right) => left.span.start - right.span.start)) {
    assert.ok(span.start >= at && span.start <= span.end && span.end <= document.text.length, label);
    at = span.end;
  }
}

/** All fixes together leave nothing certain to be done, and a text that is not worse. */
function assertStable(text: string): void {
  const document = parseRuleDocument(path, text);
  const fixed = fixAll(document, document.problems);
  assert.equal(applyTextEdits(text, fixed.edits), fixed.document.text);
  assert.ok(
    weight(fixed.document.problems) <= weight(document.problems),
    JSON.stringify(text.slice(0, 2000)),
  );
  assert.deepEqual(
    fixAll(fixed.document, fixed.document.problems).done,
    [],
    JSON.stringify(text.slice(0, 2000)),
  );
}

describe('fixes', () => {
  const all = [...publicTexts, ...fixtureTexts];

  it('mend what they name, in public rule files and in all fixtures', () => {
    for (const text of all) assertFixes(text);
  }).timeout(60_000);

  it('do so whatever ends the lines, and behind a byte order mark', () => {
    for (const text of all) assertFixes(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
  }).timeout(60_000);

  it('keep the line breaks of a file', () => {
    for (const text of all) {
      const document = parseRuleDocument(path, text.replaceAll('\n', '\r\n'));
      const after = fixAll(document, document.problems).document.text;
      assert.ok(!/(?<!\r)\n/.test(after), JSON.stringify(after.slice(0, 500)));
    }
  }).timeout(60_000);

  it('lead to a text in which nothing certain is left to be done', () => {
    for (const text of all) assertStable(text);
  }).timeout(60_000);

  it('do no harm to files with pieces of others in them', () => {
    const pieces = fixtureTexts.flatMap((text) => text.split(/(?<=\n)/));
    const mixed = fc
      .tuple(
        fc.constantFrom(...all.filter((text) => text.length < 3000)),
        fc.nat(3000),
        fc.constantFrom(...pieces),
      )
      .map(([text, at, piece]) => {
        const from = at % (text.length + 1);
        return text.slice(0, from) + piece + text.slice(from);
      });
    fc.assert(
      fc.property(mixed, (text) => {
        assertFixes(text);
        assertStable(text);
      }),
      { numRuns: 500 },
    );
  }).timeout(120_000);
});
