import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import matter from 'gray-matter';
import { parse as parseYaml } from 'yaml';
import fc from 'fast-check';
import { parseRuleDocument } from './parseRuleDocument.ts';

interface ExpectedFile {
  readonly description: string;
  readonly globs: readonly string[];
  readonly kind: string;
  readonly blocks: readonly ExpectedBlock[];
  readonly errors: readonly string[];
}

interface ExpectedBlock {
  readonly name: string;
  readonly active: boolean;
  /** `type: pattern`. */
  readonly filters: readonly string[];
  /** Type and number of conditions. */
  readonly actions: readonly string[];
}

const corpus = new URL('../../../test-fixtures/rules/corpus/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', corpus), 'utf8')) as Readonly<
  Record<string, ExpectedFile>
>;
const read = (path: string): string => readFileSync(new URL(path, corpus), 'utf8');

function describeFile(path: string, text: string): ExpectedFile {
  const { file, blocks, problems } = parseRuleDocument(path, text);
  return {
    description: file.description,
    globs: file.globs.map((glob) => glob.value),
    kind: file.kind,
    blocks: blocks.map((block) => ({
      name: block.name,
      active: block.active,
      filters: block.filters.map(({ type, pattern }) => `${type}: ${pattern}`),
      actions: block.actions.map(({ type, conditions }) => `${type} (${conditions.length})`),
    })),
    errors: problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code),
  };
}

describe('public rule files', () => {
  for (const [path, file] of Object.entries(expected)) {
    it(`${path} reads as its author meant`, () => assert.deepEqual(describeFile(path, read(path)), file));
  }

  for (const [path, file] of Object.entries(expected)) {
    it(`${path} reads the same with CRLF and with a BOM`, () => {
      const text = `\uFEFF${read(path).replaceAll('\n', '\r\n')}`;
      assert.deepEqual(describeFile(path, text), file);
    });
  }
});

/** gray-matter as an oracle: every engine is overridden, so that nothing of a file is ever evaluated. */
function readByMatter(written: string): Readonly<Record<string, unknown>> | undefined {
  // With CRLF it takes the carriage return behind the fence for the name of a language.
  const text = written.replaceAll('\r\n', '\n');
  const refuse = (): never => {
    throw new Error('This language is not read.');
  };
  try {
    const engines = {
      yaml: (source: string) => parseYaml(source) as object,
      json: refuse,
      javascript: refuse,
      js: refuse,
    };
    return matter(text, { language: 'yaml', engines }).data;
  } catch {
    // No valid YAML, so the oracle has nothing to say.
    return undefined;
  }
}

function listOf(globs: unknown): readonly string[] {
  if (Array.isArray(globs)) return globs.flatMap(listOf);
  return typeof globs === 'string'
    ? globs
        .split(',')
        .map((glob) => glob.trim())
        .filter((glob) => glob !== '')
    : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value.trim()
    : value === undefined || value === null
      ? ''
      : JSON.stringify(value);
}

function assertSameAsMatter(text: string): boolean {
  const data = readByMatter(text);
  if (data === undefined) return false;
  const { file } = parseRuleDocument('a.mdc', text);
  const description = data['description'];
  assert.equal(file.description, textOf(description), text);
  assert.deepEqual(
    file.globs.map((glob) => glob.value),
    listOf(data['globs']),
    text,
  );
  assert.equal(file.alwaysApply, data['alwaysApply'] === true || data['alwaysApply'] === 'true', text);
  return true;
}

describe('frontmatter that is valid YAML', () => {
  it('reads as gray-matter reads it, in public files', () => {
    const plain = Object.keys(expected).filter((path) => !path.includes('beefree'));
    const compared = plain.filter((path) => assertSameAsMatter(read(path)));
    assert.ok(compared.length >= 10, String(compared.length));
  });

  it('reads as gray-matter reads it, however it is written', () => {
    const word = fc.constantFrom('a', 'src/**', '**/*.ts', 'x y', 'it', 'C#', 'a:b', '100%', 'né');
    const quoted = (text: string): readonly string[] => [JSON.stringify(text), `'${text}'`];
    const description = fc.array(word, { minLength: 1, maxLength: 4 }).chain((words) => {
      const text = words.join(' ');
      return fc.constantFrom(
        text,
        ...quoted(text),
        `>\n  ${text}`,
        `>-\n  ${words.join('\n  ')}`,
        `|\n  ${text}`,
        `${text} # note`,
        words.join('\n  '),
        '',
      );
    });
    const globs = fc.array(word, { maxLength: 3 }).chain((items) => {
      const lists = [
        items.join(', '),
        `[${items.map((item) => JSON.stringify(item)).join(', ')}]`,
        items.map((item) => `\n  - '${item}'`).join(''),
      ];
      return fc.constantFrom(...lists, ...quoted(items.join(',')));
    });
    const always = fc.constantFrom('true', 'false', '"true"', '', 'True');
    const ends = fc.constantFrom('\n', '\r\n');
    let compared = 0;
    fc.assert(
      fc.property(description, globs, always, ends, (...[text, list, flag, end]) => {
        const lines = [
          '---',
          `description: ${text}`,
          `globs: ${list}`,
          `alwaysApply: ${flag}`,
          '---',
          'Body',
          '',
        ];
        if (assertSameAsMatter(lines.join('\n').replaceAll('\n', end))) compared += 1;
      }),
      { numRuns: 1500, seed: 11 },
    );
    assert.ok(compared > 500, String(compared));
  });
});
