import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import type { Span } from '../documents/span.ts';
import { parseRuleDocument } from './parseRuleDocument.ts';
import { unescapePattern } from './reading/checkPattern.ts';
import type { Condition, Filter, Rule } from './rule.ts';
import { parseEventPattern, resolveEvent } from './vocabulary/events.ts';

const corpus = new URL('../../../test-fixtures/rules/corpus/', import.meta.url);
const samples = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.mdc(?:\.md)?$/.test(file))
  .map((file) => [file, readFileSync(new URL(file, corpus), 'utf8')] as const);

/** What a value says, read again from nothing but the characters of its range. */
class Ranges {
  readonly #text: string;
  compared = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read({ start, end }: Span): string {
    this.compared += 1;
    return this.#text.slice(start, end);
  }

  /** A text as YAML has it; one that is no YAML is read as it stands. */
  readText(span: Span): string {
    const written = this.read(span);
    const indent = /(?:^|\n)([ \t]*)[^\n]*$/.exec(this.#text.slice(0, span.start))?.[1] ?? '';
    for (const source of [`${indent}a: ${written}`, `${indent}a: "${written}"`]) {
      try {
        const value: unknown = (parseYaml(source) as { readonly a: unknown }).a;
        if (typeof value === 'string') return value.trim();
      } catch {
        // The next form, or the characters themselves.
      }
    }
    return written;
  }
}

/** Characters of a range of a pattern, whose backslashes may or may not be doubled there. */
function samePattern(ranges: Ranges, { span }: { readonly span: Span }, pattern: string): boolean {
  const written = ranges.read(span);
  const forms = [written, written.replaceAll("''", "'"), readDoubleQuoted(written), ranges.readText(span)];
  return forms.some((form) => unescapePattern(form) === pattern);
}

function readDoubleQuoted(written: string): string {
  try {
    return String(parseYaml(`"${written}"`));
  } catch {
    // An escape that YAML does not know.
    return written.replaceAll(/\\(["\\])/g, '$1');
  }
}

function assertGlobs(ranges: Ranges, rule: Rule): void {
  for (const { value, span } of rule.globs) assert.equal(ranges.read(span), value);
  for (const { value, span } of rule.extends) assert.equal(ranges.read(span), value);
}

function assertEvents(ranges: Ranges, rule: Rule): void {
  for (const { value, span } of rule.on) {
    const written = ranges.read(span);
    assert.ok(resolveEvent(written) === value || parseEventPattern(written).events.includes(value), written);
  }
}

function assertFilter(ranges: Ranges, filter: Filter): void {
  const type = filter.fields.get('type');
  assert.ok(type !== undefined && ranges.read(type) !== '');
  if (!filter.fields.has('pattern') || filter.pattern === 'save') return;
  assert.ok(samePattern(ranges, filter, filter.pattern), `${filter.pattern} ${ranges.read(filter.span)}`);
}

function assertCondition(ranges: Ranges, condition: Condition): void {
  const pattern = condition.pattern ?? condition.negativePattern ?? '';
  assert.ok(samePattern(ranges, condition, pattern), `${pattern} ${ranges.read(condition.span)}`);
  if (condition.learnMoreUrl !== undefined)
    assert.equal(ranges.readText(condition.learnMoreUrl.span), condition.learnMoreUrl.value);
}

function assertRule(ranges: Ranges, rule: Rule): void {
  assertGlobs(ranges, rule);
  assertEvents(ranges, rule);
  const description = rule.written.get('description');
  if (description !== undefined && rule.description !== '') {
    const written = ranges.read(description).replace(/^(["'])([\s\S]*)\1$/, '$2');
    assert.ok(
      ranges.readText(description) === rule.description || written.startsWith(rule.description),
      rule.description,
    );
  }
  for (const filter of rule.filters) assertFilter(ranges, filter);
  for (const action of rule.actions) {
    const type = action.fields.get('type');
    assert.equal(type && ranges.read(type).replaceAll(/["']/g, ''), action.written);
    for (const condition of action.conditions) assertCondition(ranges, condition);
  }
}

describe('the ranges of a rule file', () => {
  const forms: readonly (readonly [title: string, change: (text: string) => string])[] = [
    ['as written', (text) => text],
    ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['with a BOM', (text) => `\uFEFF${text}`],
  ];
  for (const [title, change] of forms) {
    it(`give back every value of public files, ${title}`, () => {
      let compared = 0;
      for (const [path, sample] of samples) {
        const text = change(sample);
        const { file, blocks } = parseRuleDocument(path, text);
        const ranges = new Ranges(text);
        for (const rule of [file, ...blocks]) assertRule(ranges, rule);
        const [{ start, end }, whole] = [file.span, ranges.read(file.span)];
        assert.ok(start === end || (whole.startsWith('---') && whole.endsWith('---')), path);
        assert.ok(text.endsWith(file.body), path);
        for (const block of blocks) assert.ok(ranges.read(block.span).startsWith('<rule>'), path);
        compared += ranges.compared;
      }
      assert.ok(compared > 500, String(compared));
    }).timeout(20_000);
  }
});
