import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { latePatterns, scriptPatterns } from '../../test/scriptPatterns.ts';
import { parseRuleDocument } from '../rules/parseRuleDocument.ts';
import { translatePattern } from '../rules/patterns/translatePattern.ts';
import { searchPattern } from './searchPattern.ts';

const { signal } = new AbortController();

/** What JavaScript itself finds. */
function expectedSpans(source: string, flags: string, text: string): readonly (readonly [number, number])[] {
  const translated = translatePattern(source, flags);
  assert.equal(translated.kind, 'pattern', source);
  if (translated.kind !== 'pattern') return [];
  const script = new RegExp(translated.pattern.source, `${translated.pattern.flags}g`);
  return [...text.matchAll(script)]
    .slice(0, 1000)
    .map((match) => [match.index, match.index + match[0].length] as const);
}

/** Whether it was found here, without the worker; what is found must be what JavaScript finds. */
async function assertSame(source: string, flags: string, text: string): Promise<boolean> {
  const found = await searchPattern({ source, flags }, text, { patterns: latePatterns, signal });
  if (found.kind === 'unknown') return false;
  const spans = found.spans.map(({ start, end }) => [start, end]);
  assert.deepEqual(
    spans,
    expectedSpans(source, flags, text),
    `/${source}/${flags} on ${JSON.stringify(text.slice(0, 200))}`,
  );
  return true;
}

const corpus = new URL('../../../test-fixtures/rules/corpus/', import.meta.url);
const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.mdc(?:\.md)?$/.test(file),
);
const texts = files.map((file) => readFileSync(new URL(file, corpus), 'utf8'));

function publicPatterns(): readonly string[] {
  const patterns = texts.flatMap((text) => {
    const { file, blocks } = parseRuleDocument('a.mdc', text);
    const rules = [file, ...blocks].filter((rule) => rule.active);
    const conditions = rules.flatMap((rule) => rule.actions.flatMap((action) => action.conditions));
    const filters = rules
      .flatMap((rule) => rule.filters)
      .filter(({ type }) => type === 'content' || type.startsWith('file_'));
    return [
      ...filters.map((filter) => filter.pattern),
      ...conditions.flatMap(({ pattern, negativePattern }) => [pattern, negativePattern]),
    ];
  });
  return [...new Set(patterns.filter((pattern) => pattern !== undefined))];
}

describe('searchPattern', () => {
  it('finds what JavaScript finds, for public patterns on public texts', async () => {
    const sample = [
      ...texts.filter((_, at) => at % 6 === 0).map((text) => text.slice(0, 3000)),
      'a\r\nb \r\n',
      '😀x y\n\u2028z',
    ];
    let here = 0;
    const patterns = publicPatterns();
    for (const pattern of patterns)
      for (const text of sample) if (await assertSame(pattern, 'm', text)) here += 1;
    assert.ok(patterns.length > 60, String(patterns.length));
    assert.ok(here > patterns.length * sample.length * 0.7, String(here));
  }).timeout(30_000);

  it('finds what JavaScript finds, for patterns made at random', async () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '\\d',
      '\\w',
      '\\W',
      '\\s',
      '\\S',
      '[ab]',
      '[^a]',
      '[\\w-.]',
      '[^\\s]',
      '\\b',
      '^',
      '$',
      '\\n',
      '\\u0061',
      '\\x62',
      '\\.',
      '-',
      '😀',
      '\\/',
      '{',
    );
    const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '*?', '{1,3}', '{2}');
    const part = fc
      .tuple(atom, quantifier)
      .map(([one, times]) => (/^[\^${]|^\\b/.test(one) ? one : one + times));
    const sequence = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    const pattern = fc
      .array(sequence, { minLength: 1, maxLength: 3 })
      .map((all) => (all.length > 1 ? `(${all.join('|')})` : all.join('')));
    const text = fc.string({
      unit: fc.constantFrom(
        'a',
        'b',
        'A',
        '1',
        ' ',
        '\n',
        '-',
        '.',
        '_',
        '😀',
        '\u00A0',
        '\r',
        'é',
        '{',
        '/',
        '\u017F',
      ),
      maxLength: 25,
    });
    const flags = fc.constantFrom('', 'm', 'i', 's', 'im');
    await fc.assert(
      fc.asyncProperty(pattern, flags, text, async (...sample) => void (await assertSame(...sample))),
      { numRuns: 4000, seed: 5 },
    );
  }).timeout(30_000);

  it('runs in linear time what would take JavaScript years', async () => {
    const text = `${'a'.repeat(20_000)}\n${' '.repeat(20_000)}x`;
    for (const source of ['(a|a)*b', '\\s+$', '(.*)(.*)(.*)z', '(a+)+$']) {
      const found = await searchPattern({ source, flags: '' }, text, { patterns: latePatterns, signal });
      assert.equal(found.kind, 'matches', source);
    }
  });

  it('asks nobody where a word of the pattern is not in the text', async () => {
    const request = { source: 'needle(?=s)|(\\w+)pin\\.', flags: '' };
    const context = { patterns: latePatterns, signal };
    assert.deepEqual(await searchPattern(request, 'hay, pins'.repeat(99), context), {
      kind: 'matches',
      spans: [],
    });
    assert.equal((await searchPattern(request, 'hay, pin.', context)).kind, 'unknown');
  });

  it('asks the worker for lookaround and back references', async () => {
    for (const source of ['a(?=b)', '(a+)\\1', '(?<!x)a+']) {
      const late = await searchPattern({ source, flags: '' }, 'aab', { patterns: latePatterns, signal });
      const found = await searchPattern({ source, flags: '' }, 'aab', { patterns: scriptPatterns, signal });
      const isHere = late.kind === 'matches';
      // What repeats nothing cannot take long, so V8 does it on the spot.
      assert.equal(isHere, source === 'a(?=b)');
      assert.deepEqual(
        found.kind === 'matches' && found.spans.map(({ start, end }) => [start, end]),
        expectedSpans(source, '', 'aab'),
      );
    }
  });

  it('is unknown for a pattern that cannot be run', async () => {
    const found = await searchPattern({ source: '(a', flags: '' }, 'a', { patterns: scriptPatterns, signal });
    assert.deepEqual(
      found.kind === 'unknown' && found.reason,
      'its pattern is no valid pattern: Unterminated group',
    );
  });
});
