import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse as parseYaml, stringify } from 'yaml';
import { parseRuleDocument } from './parseRuleDocument.ts';
import { unescapePattern } from './reading/checkPattern.ts';
import { findRuleBlocks } from './reading/findRuleBlocks.ts';
import { splitFrontmatter } from './reading/splitFrontmatter.ts';
import type { Rule } from './rule.ts';

type Data = Readonly<Record<string, unknown>>;

/** A part of a file as a YAML parser reads it; undefined when it is no valid YAML or no map. */
function readData(text: string): Data | undefined {
  try {
    const data: unknown = parseYaml(text);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Data) : undefined;
  } catch {
    // Only the tolerant reader has a say then.
    return undefined;
  }
}

const entriesOf = (value: unknown): readonly Data[] =>
  Array.isArray(value) ? (value as readonly Data[]) : [];
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Compares every value that is a text or plain data; returns how many were. */
function assertSame(rule: Rule, data: Data): number {
  let compared = 0;
  const same = (ours: unknown, theirs: unknown): void => {
    assert.deepEqual(ours, theirs, JSON.stringify(data));
    compared += 1;
  };
  if (typeof data['description'] === 'string') same(rule.description.trim(), textOf(data['description']));
  if (typeof data['name'] === 'string') same(rule.name, textOf(data['name']).replaceAll(/\s+/g, ' '));
  if (typeof data['metadata'] === 'object') same(rule.metadata, data['metadata'] ?? {});
  for (const [at, filter] of entriesOf(data['filters']).entries()) {
    const ours = rule.filters[at];
    if (typeof filter['pattern'] === 'string' && ours?.pattern !== 'save')
      same(ours?.pattern, unescapePattern(filter['pattern']));
  }
  for (const [at, action] of entriesOf(data['actions']).entries()) {
    const ours = rule.actions[at];
    if (typeof action['message'] === 'string') same(ours?.message, textOf(action['message']));
    for (const [index, condition] of entriesOf(action['conditions']).entries()) {
      const pattern = condition['pattern'];
      if (typeof pattern === 'string') same(ours?.conditions[index]?.pattern, unescapePattern(pattern));
    }
  }
  return compared;
}

function assertSameFile(text: string): number {
  const { file, blocks } = parseRuleDocument('.cursor/rules/a.mdc', text);
  const parts = splitFrontmatter(text);
  const frontmatter =
    parts.kind === 'frontmatter' ? readData(text.slice(parts.inner.start, parts.inner.end)) : undefined;
  const ofBlocks = findRuleBlocks(text, parts.body).map(({ inner }, at) => {
    const data = readData(text.slice(inner.start, inner.end));
    const block = blocks[at];
    return data === undefined || block === undefined ? 0 : assertSame(block, data);
  });
  return [frontmatter === undefined ? 0 : assertSame(file, frontmatter), ...ofBlocks].reduce(
    (a, b) => a + b,
    0,
  );
}

describe('what is valid YAML', () => {
  it('reads as a YAML parser reads it, in public files', () => {
    const corpus = new URL('../../../test-fixtures/rules/corpus/', import.meta.url);
    const compared = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.mdc(?:\.md)?$/.test(file))
      .reduce((count, file) => count + assertSameFile(readFileSync(new URL(file, corpus), 'utf8')), 0);
    assert.ok(compared > 150, String(compared));
  });

  it('reads as a YAML parser reads it, however a writer of YAML puts it', () => {
    const word = fc.constantFrom(
      ...[
        'a',
        'two words',
        'a: b',
        'it is',
        "it's",
        '"q"',
        '- x',
        '# no',
        'a #b',
        '**/*.ts',
        '\\d+\\.py$',
        '[x]',
      ],
      ...[
        '{a}',
        '%',
        '@x',
        '`c`',
        'é',
        '日本',
        'true',
        '1.0',
        '~',
        'one\ntwo\n',
        'one\n\ntwo',
        ' padded ',
        'tab\there',
        '|',
      ],
    );
    const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        word,
        fc.constantFrom<unknown>(1, 1.5, true, null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c-d', 'e f'), tie('value'), { maxKeys: 3 }),
      ),
    })).value;
    const metadata = fc.dictionary(fc.constantFrom('owner', 'tags', 'x-y', 'deep'), value, { maxKeys: 3 });
    const rule = fc.record(
      {
        name: word,
        description: word,
        metadata,
        filters: fc.array(fc.record({ type: fc.constant('content'), pattern: word }), { maxLength: 2 }),
        actions: fc.array(
          fc.record({
            type: fc.constant('validate'),
            message: word,
            conditions: fc.array(fc.record({ pattern: word, message: word }), { maxLength: 2 }),
          }),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    );
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 20, 80),
      singleQuote: fc.boolean(),
      defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
    });
    const ends = fc.constantFrom('\n', '\r\n');
    let compared = 0;
    fc.assert(
      fc.property(rule, rule, style, ends, (...[frontmatter, block, options, end]) => {
        const text = `---\n${stringify(frontmatter, options)}---\nText\n<rule>\n${stringify(block, options)}</rule>\n`;
        compared += assertSameFile(text.replaceAll('\n', end));
      }),
      { numRuns: 600 },
    );
    assert.ok(compared > 1500, String(compared));
  }).timeout(30_000);
});
