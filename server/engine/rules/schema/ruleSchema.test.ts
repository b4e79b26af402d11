import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse as parseYaml, stringify } from 'yaml';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import type { RuleDocument } from '../rule.ts';
import { blockReaders, frontmatterReaders } from '../reading/keyReaders.ts';
import { actionKeys } from '../reading/parseActions.ts';
import { conditionKeys } from '../reading/parseConditions.ts';
import { filterKeys, optionKeys } from '../reading/parseFilters.ts';
import { splitFrontmatter } from '../reading/splitFrontmatter.ts';
import { findRuleBlocks } from '../reading/findRuleBlocks.ts';
import { actionWords } from '../vocabulary/actions.ts';
import { eventWords } from '../vocabulary/events.ts';
import { changeSpellings, filterWords } from '../vocabulary/filters.ts';
import validate from './ruleFile.validate.generated.ts';

type Data = Readonly<Record<string, unknown>>;

interface Definition {
  readonly properties?: Readonly<Record<string, Definition & { readonly enum?: readonly string[] }>>;
  readonly anyOf?: readonly { readonly pattern?: string }[];
}

const schema = JSON.parse(readFileSync(new URL('ruleFile.schema.json', import.meta.url), 'utf8')) as {
  readonly $defs: Readonly<Record<string, Definition>>;
};
const propertiesOf = (
  name: string,
): Readonly<Record<string, Definition & { readonly enum?: readonly string[] }>> =>
  schema.$defs[name]?.properties ?? {};
const sorted = (words: Iterable<string>): readonly string[] => [...words].toSorted();

/** What the reader says about form: a value of the wrong type, or a key or word that nobody knows. */
function formFaults({ problems }: RuleDocument): readonly string[] {
  return problems
    .filter(
      ({ code, severity }) => formCodes.has(code) && !(code === 'rule.wrong-type' && severity === 'warning'),
    )
    .map(({ code, message }) => `${code}: ${message}`);
}

const formCodes = new Set([
  'rule.wrong-type',
  'rule.unknown-key',
  'rule.unknown-event',
  'rule.unknown-filter',
  'rule.unknown-action',
]);

function assertAgreed(
  text: string,
  data: { readonly frontmatter?: unknown; readonly blocks?: readonly unknown[] },
): void {
  const faults = formFaults(parseRuleDocument('.cursor/rules/a.mdc', text));
  const valid = validate(data);
  assert.equal(
    faults.length === 0,
    valid,
    `${text}\n${faults.join('\n')}\n${JSON.stringify(validate.errors)}`,
  );
}

describe('the schema of rule files', () => {
  it('names the keys and words that the reader knows', () => {
    assert.deepEqual(
      sorted(Object.keys(propertiesOf('frontmatter'))),
      sorted(Object.keys(frontmatterReaders)),
    );
    assert.deepEqual(sorted(Object.keys(propertiesOf('block'))), sorted(Object.keys(blockReaders)));
    assert.deepEqual(sorted(Object.keys(propertiesOf('action'))), sorted(actionKeys));
    assert.deepEqual(sorted(Object.keys(propertiesOf('condition'))), sorted(conditionKeys));
    assert.deepEqual(sorted(Object.keys(propertiesOf('filter'))), sorted(filterKeys));
    assert.deepEqual(
      sorted(Object.keys(propertiesOf('filter')['options']?.properties ?? {})),
      sorted(optionKeys),
    );
    assert.deepEqual(sorted(propertiesOf('action')['type']?.enum ?? []), sorted(actionWords));
    assert.deepEqual(
      sorted(propertiesOf('filter')['type']?.enum ?? []),
      sorted([...filterWords, ...changeSpellings]),
    );
    const events = propertiesOf('frontmatter')['on']?.anyOf?.[0]?.pattern?.match(/[a-z][a-z_-]+/g) ?? [];
    assert.deepEqual(sorted(new Set(events)), sorted(eventWords));
  });

  it('judges frontmatter as the reader does', () => {
    fc.assert(
      fc.property(subset(frontmatterValues), (frontmatter) =>
        assertAgreed(`---\n${stringify(frontmatter, { lineWidth: 0 })}---\nBody\n`, { frontmatter }),
      ),
      { numRuns: 400 },
    );
  }).timeout(60_000);

  it('judges blocks as the reader does', () => {
    fc.assert(
      fc.property(subset(blockValues), (block) =>
        assertAgreed(`Text\n<rule>\n${stringify(block, { lineWidth: 0 })}</rule>\n`, { blocks: [block] }),
      ),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  it('judges public rule files as the reader does, where they are valid YAML', () => {
    const corpus = new URL('../../../../test-fixtures/rules/corpus/', import.meta.url);
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.mdc(?:\.md)?$/.test(file),
    );
    const compared = files.filter((file) => {
      const text = readFileSync(new URL(file, corpus), 'utf8');
      const data = readAsData(text);
      if (data !== undefined) assertAgreed(text, data);
      return data !== undefined;
    });
    assert.ok(compared.length >= files.length / 3, `${compared.length} of ${files.length}`);
  });
});

/** What a YAML parser reads there; undefined when a part is no valid YAML. */
function readAsData(text: string): { frontmatter?: unknown; blocks: readonly unknown[] } | undefined {
  const parts = splitFrontmatter(text);
  try {
    const blocks = findRuleBlocks(text, parts.body).map(({ inner, closed }) => {
      assert.ok(closed);
      return parseYaml(text.slice(inner.start, inner.end)) as unknown;
    });
    if (parts.kind !== 'frontmatter') return { blocks };
    const frontmatter = parseYaml(text.slice(parts.inner.start, parts.inner.end)) as unknown;
    return { frontmatter, blocks };
  } catch {
    // Only the tolerant reader has a say then.
    return undefined;
  }
}

/** Some of the keys, each with a value that is right or wrong. */
function subset(values: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Data> {
  return fc.record(values, { requiredKeys: [] });
}

const text = fc.constantFrom('one', 'two words', 'x', '');
const scalar = fc.oneof(text, fc.constantFrom<unknown>(null, 5, true));
const collection = fc.constantFrom<unknown>({ a: 'b' }, [['x']]);
const flag = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<unknown>(true, false, 'true', 'false', '', null) },
  fc.constantFrom<unknown>('yes', 1, ['true']),
);
const list = fc.oneof(
  text,
  fc.array(fc.constantFrom('a', 'src/**', 'b.ts'), { maxLength: 3 }),
  fc.constantFrom<unknown>(null, { a: 'b' }),
);
const fieldList = fc.oneof(list, fc.constantFrom<unknown>([['x']]));
const duration = fc.constantFrom<unknown>(null, 0, 200, '2s', '10 m', '1.5h', '', -1, 'soon', '2 weeks', [1]);
const amount = fc.constantFrom<unknown>(null, 0, 0.5, 100, '2', '.5', '', -1, 'much', [1]);
const percent = fc.constantFrom<unknown>(
  null,
  0,
  80,
  92.5,
  100,
  '80%',
  '100 %',
  '',
  101,
  -1,
  'all',
  '101',
  '200 %',
);
const severity = fc.constantFrom<unknown>(null, 'error', 'low', 'critical', 'hint', '', 'loud', 3, ['error']);
const approval = fc.constantFrom<unknown>(null, 'auto', 'ask', 'preview', '', 'never', true);
const words = (...known: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(null, '', ...known, `${known[0]}, ${known[1]}`, known.slice(0, 2)),
    fc.constantFrom<unknown>('bogus', [known[0], 'bogus'], 5, { a: 'b' }),
  );

const condition = subset({
  pattern: fc.constantFrom<unknown>('x', '\\d+', 5, null, ['x']),
  negative_pattern: fc.constantFrom<unknown>('y', null, { a: 1 }),
  pattern_negate: fc.constantFrom<unknown>('y', null),
  message: fc.constantFrom<unknown>('m', ' ', '', null, 5),
  target: fc.constantFrom<unknown>('content', 'path', 'changed', null, '', 'bogus'),
  must: fc.constantFrom<unknown>('present', 'absent', null, '', 'never', true),
  negated: flag,
  severity,
  fix: fc.constantFrom<unknown>('$1', '', null, ['x']),
  file_pattern: fieldList,
  location: fieldList,
  learn_more_url: fc.constantFrom<unknown>('https://x.org/a', 'nowhere', null, ['x']),
  id: scalar,
  description: scalar,
});
const entryList = (entry: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.array(entry, { maxLength: 2 }) },
    fc.constantFrom<unknown>(null, 5, 'x', { a: 'b' }, ['x'], [['x']]),
  );
const remove = fc.constantFrom<unknown>(true, false, 'true', null, 'perhaps');
const filter = fc.oneof(
  fc.record({
    type: fc.constantFrom('content', 'file_change', 'path', 'git'),
    pattern: fc.constantFrom('x', 5),
  }),
  fc.record({
    type: fc.constantFrom('file_size', 'line_count'),
    pattern: fc.constantFrom<unknown>('> 500', '<= 2 kb', 100, 'many', '> x', '!= 1.5'),
  }),
  fc.record({
    type: fc.constant('event'),
    pattern: fc.constantFrom('save', 'file_create|file_edit', '^open$'),
  }),
  subset({
    type: fc.constantFrom<unknown>('content', 'bogus', null),
    pattern: fc.constantFrom<unknown>('x', null, ['x']),
    options: fc.oneof(
      fc.constantFrom<unknown>(null, 5, ['x']),
      subset({ negate: flag, flags: fc.constantFrom<unknown>('i', '', null, ['i']), bogus: text }),
    ),
    id: scalar,
    remove,
    bogus: text,
  }),
);
const action = subset({
  type: fc.constantFrom<unknown>(
    'run',
    'validate',
    'enforce',
    'generate_tests',
    'validate',
    'review',
    'bogus',
    null,
  ),
  id: scalar,
  message: fc.oneof(scalar, collection),
  target: scalar,
  conditions: entryList(condition),
  severity,
  model: scalar,
  approval,
  context: fieldList,
  timeout: duration,
  needs: fieldList,
  when: fc.constantFrom<unknown>('success', 'failure', 'always', '', null, 'later'),
  answer_form: fc.constantFrom<unknown>('auto', 'whole', 'blocks', 'diff', 'chunks', '', null, 'patch', 1),
  retry: fc.constantFrom<unknown>(0, 5, '3', null, '', 6, -1, 'often'),
  fallback: fc.oneof(scalar, collection),
  command: fieldList,
  task: scalar,
  shell: flag,
  idempotent: flag,
  sandbox: flag,
  may_change_tests: flag,
  red_first: flag,
  ratchet: flag,
  show_missing: flag,
  skip_covered: flag,
  min_coverage: percent,
  fail_under: percent,
  description: scalar,
  remove,
  bogus: text,
});
const metadata = fc.constantFrom<unknown>(null, {}, { priority: 'high', version: 1, any: ['x'] }, 5, 'x', [
  'x',
]);
const blockValues = {
  name: scalar,
  description: scalar,
  version: fc.constantFrom<unknown>('1.0', 2, '1.2.3', null, 'latest'),
  filters: entryList(filter),
  actions: entryList(action),
  metadata,
  examples: fc.constantFrom<unknown>(null, 5, ['x'], [{ input: 'a', output: 'b' }]),
  tests: fc.constantFrom<unknown>(null, ['x']),
  tags: fc.constantFrom<unknown>(null, ['x']),
  references: fc.constantFrom<unknown>(null, ['x']),
  bogus: text,
};
const {
  examples: _examples,
  tests: _tests,
  tags: _tags,
  references: _references,
  ...sharedValues
} = blockValues;
const frontmatterValues = {
  ...sharedValues,
  globs: list,
  alwaysApply: flag,
  enabled: flag,
  abstract: flag,
  extends: list,
  on: words('save', 'create', 'test-fail'),
  origin: words('user', 'disk'),
  debounce: duration,
  skip: fc.constantFrom<unknown>('trivial', '', null, 'all', true),
  priority: fc.constantFrom<unknown>(0, -5, '7', '', null, 'high', 1.5, true),
  model: scalar,
  budget: fc.oneof(
    subset({ usd: amount, tokens: amount, seconds: amount, attempts: amount, bogus: text }),
    fc.constantFrom<unknown>(null, 5, ['x']),
  ),
  approval,
};
