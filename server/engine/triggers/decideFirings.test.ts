import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import { latePatterns, scriptPatterns } from '../../test/scriptPatterns.ts';
import { parseRuleDocument } from '../rules/parseRuleDocument.ts';
import type { Rule } from '../rules/rule.ts';
import { decideFirings, type Decision } from './decideFirings.ts';
import type { FileEvent } from './fileEvent.ts';

const { signal } = new AbortController();

function rulesOf(path: string, text: string): readonly Rule[] {
  const { file, blocks } = parseRuleDocument(path, text);
  return [file, ...blocks];
}

const ruleText = (...keys: readonly string[]): string => ['---', ...keys, '---', 'Body', ''].join('\n');
const generate = 'actions: [{type: generate_tests}]';
const check = 'actions: [{type: validate, conditions: [{pattern: x}]}]';
const saved: FileEvent = {
  root: '/w',
  path: 'src/a.ts',
  name: 'save',
  origin: 'user',
  depth: 0,
  text: 'const a = 1;\n',
};

interface Case {
  readonly keys: readonly string[];
  readonly event?: Partial<FileEvent>;
  readonly files?: Readonly<Record<string, string>>;
  readonly path?: string;
}

async function decide({
  keys,
  event = {},
  files = {},
  path = '.cursor/rules/r.mdc',
}: Case): Promise<Decision> {
  const context = { files: createInMemoryFiles(files), patterns: scriptPatterns };
  const rules = rulesOf(path, ruleText(...keys)).slice(0, 1);
  const [decision] = await decideFirings({ event: { ...saved, ...event }, rules, context, signal });
  assert.ok(decision);
  return decision;
}

describe('decideFirings lets a rule fire', () => {
  const fires: readonly (readonly [title: string, given: Case])[] = [
    ['on its event', { keys: ['on: save', generate] }],
    ['on another spelling of its event', { keys: ['on: file_edit', generate] }],
    ['on one of several', { keys: ['on: [create, save]', generate] }],
    ['when its globs match', { keys: ['on: save', 'globs: src/**', generate] }],
    ['when it checks, without any `on`', { keys: [check], event: { name: 'change', origin: 'disk' } }],
    ['when it checks and names another live event', { keys: ['on: open', check] }],
    [
      'for another program when `origin` says so',
      { keys: ['on: save', 'origin: disk', generate], event: { origin: 'disk' } },
    ],
    ['by hand, whatever its events', { keys: ['on: commit', generate], event: { name: 'manual' } }],
    [
      'by hand, whatever its event and message filters',
      {
        keys: [generate, 'filters: [{type: event, pattern: save}, {type: message, pattern: x}]'],
        event: { name: 'manual' },
      },
    ],
    [
      'for a file in its own folder',
      { keys: ['on: save', 'globs: "*.ts"', generate], path: 'src/.cursor/rules/r.mdc' },
    ],
    [
      'on the third run in a row',
      { keys: ['on: model-write', generate], event: { name: 'model-write', depth: 3 } },
    ],
  ];
  for (const [title, given] of fires) {
    it(title, async () => {
      const decision = await decide(given);
      assert.equal(decision.fires, true, decision.reason);
      assert.equal(decision.actions.length, 1);
    });
  }
});

describe('decideFirings says why a rule does not fire', () => {
  const barred: readonly (readonly [title: string, given: Case, reason: RegExp, source?: string])[] = [
    ['it is inactive', { keys: ['enabled: false', 'on: save', generate] }, /switched off/],
    ['it has an error', { keys: ['globs: ../x', 'on: save', generate] }, /rule\.bad-glob/],
    ['it has no actions', { keys: ['on: save'] }, /no actions/],
    [
      'its action is not known',
      { keys: ['on: save', 'actions: [{type: dance}]'] },
      /`dance` is no known type of action/,
      '{type: dance}',
    ],
    ['it asks a model and has no `on`', { keys: [generate] }, /no `on`/],
    [
      'it fires on another event',
      { keys: ['on: open', generate] },
      /fires on `open` and not on `save`/,
      'open',
    ],
    ['it checks only what is committed', { keys: ['on: commit', check] }, /fires on `commit`/, 'commit'],
    [
      'another program wrote the file',
      { keys: ['on: save', generate], event: { origin: 'disk' } },
      /another program caused this/,
    ],
    [
      'an automatic save wrote the file',
      { keys: ['on: save', generate], event: { origin: 'auto' } },
      /automatic save/,
    ],
    ['one of our runs wrote the file', { keys: [check], event: { origin: 'self' } }, /a rule caused this/],
    [
      'the file lies outside of its folder',
      { keys: ['on: save', generate], path: 'web/.cursor/rules/r.mdc' },
      /only files under `web`/,
    ],
    [
      'no glob matches',
      { keys: ['on: save', 'globs: "*.py"', generate] },
      /none of its globs matches/,
      '"*.py"',
    ],
    [
      'a glob excludes the file',
      { keys: ['on: save', 'globs: src/**, !**/a.ts', generate] },
      /`!\*\*\/a\.ts` excludes/,
      '!**/a.ts',
    ],
    ['the file belongs to git', { keys: [check], event: { path: '.git/config' } }, /no rule acts in/],
    ['the file is ours', { keys: [check], event: { path: '.codegen-lab/models.yaml' } }, /no rule acts in/],
    ['the file is a dependency', { keys: [check], event: { path: 'node_modules/a/b.js' } }, /is ignored/],
    ['the file is too large', { keys: [check], event: { text: 'x'.repeat(1_048_577) } }, /larger than 1 MB/],
    [
      'runs caused one another too often',
      { keys: ['on: model-write', generate], event: { name: 'model-write', depth: 4 } },
      /more than 3 runs/,
    ],
    [
      'a filter does not find its pattern',
      { keys: [check, 'filters: [{type: content, pattern: "let "}]'] },
      /`content` does not find `let `/,
      'let ',
    ],
    [
      'a negated filter finds its pattern',
      { keys: [check, 'filters: [{type: content, pattern: const, options: {negate: true}}]'] },
      /negated filter `content` finds/,
    ],
    [
      'a filter is not known',
      { keys: [check, 'filters: [{type: mood, pattern: good}]'] },
      /no known type of filter/,
    ],
    [
      'a filter asks what nobody knows here',
      { keys: [check, 'filters: [{type: git, pattern: staged}]'] },
      /version control is not known/,
    ],
  ];
  for (const [title, given, reason, source] of barred) {
    it(`because ${title}`, async () => {
      const decision = await decide(given);
      assert.equal(decision.fires, false);
      assert.match(decision.reason, reason);
      assert.deepEqual(decision.actions, []);
      const text = ruleText(...given.keys);
      if (source !== undefined) assert.equal(text.slice(decision.span?.start, decision.span?.end), source);
    });
  }

  it('because a pattern took too long', async () => {
    const rules = rulesOf('a.mdc', ruleText(check, 'filters: [{type: content, pattern: "(?=x)a+"}]')).slice(
      0,
      1,
    );
    const context = { files: createInMemoryFiles(), patterns: latePatterns };
    const [decision] = await decideFirings({ event: saved, rules, context, signal });
    assert.match(decision?.reason ?? '', /could not be searched for in time/);
  });
});

describe('filters', () => {
  const source = 'const a = 1;\nlet b;\n';
  const cases: readonly (readonly [filter: string, path: string, fires: boolean])[] = [
    ['{type: file_extension, pattern: "\\\\.ts$"}', 'src/a.ts', true],
    ['{type: file_extension, pattern: "\\\\.py$"}', 'src/a.ts', false],
    ['{type: file_name, pattern: "^a\\\\."}', 'src/a.ts', true],
    ['{type: file_name, pattern: "^src/"}', 'src/a.ts', true],
    ['{type: file_name, pattern: "(?i)README"}', 'docs/readme.md', true],
    ['{type: file_path, pattern: "/src/"}', 'src/a.ts', true],
    ['{type: file_path, pattern: "^src/"}', 'src/a.ts', true],
    ['{type: path, pattern: "^\\\\./src/"}', 'src/a.ts', true],
    ['{type: directory, pattern: "^(?!\\\\./src/)"}', 'src/a.ts', false],
    ['{type: directory, pattern: "^(?!\\\\./src/)"}', 'lib/a.ts', true],
    ['{type: glob, pattern: "src/*.ts"}', 'src/a.ts', true],
    ['{type: glob, pattern: "!src/*.ts"}', 'src/a.ts', false],
    ['{type: language, pattern: "typescript|python"}', 'src/a.ts', true],
    ['{type: language, pattern: python}', 'src/a.ts', false],
    ['{type: content, pattern: "^let "}', 'src/a.ts', true],
    ['{type: content, pattern: "^LET", options: {flags: i}}', 'src/a.ts', true],
    ['{type: line_count, pattern: "2"}', 'src/a.ts', true],
    ['{type: line_count, pattern: "> 2"}', 'src/a.ts', false],
    ['{type: file_size, pattern: "<= 1kb"}', 'src/a.ts', true],
    ['{type: file_size, pattern: "!= 20"}', 'src/a.ts', false],
    ['{type: event, pattern: "file_create|file_edit"}', 'src/a.ts', true],
    ['{type: event, pattern: file_create}', 'src/a.ts', false],
    ['{type: exists, pattern: "tests/test_{stem}.py"}', 'src/a.ts', true],
    ['{type: missing, pattern: "tests/test_{stem}.py"}', 'src/a.ts', false],
    ['{type: missing, pattern: "tests/test_{stem}.py"}', 'src/b.ts', true],
    ['{type: related_file, pattern: "pyproject\\\\.toml"}', 'src/b.ts', true],
    ['{type: file_path, pattern: x}, {type: file_path, pattern: src}', 'src/a.ts', true],
    ['{type: file_path, pattern: src}, {type: content, pattern: nothing}', 'src/a.ts', false],
    [
      '{type: file_path, pattern: src}, {type: file_path, pattern: a, options: {negate: true}}',
      'src/a.ts',
      false,
    ],
  ];
  for (const [filter, path, fires] of cases) {
    it(`${filter} ${fires ? 'holds' : 'does not hold'} for ${path}`, async () => {
      const files = { 'tests/test_a.py': '', 'pyproject.toml': '' };
      const decision = await decide({
        keys: [check, `filters: [${filter}]`],
        event: { path, text: source },
        files,
      });
      assert.equal(decision.fires, fires, decision.reason);
    });
  }

  it('do not look into a file that was deleted', async () => {
    const event = { name: 'delete' as const };
    const keys = ['on: delete', check];
    assert.equal(
      (await decide({ keys: [...keys, 'filters: [{type: content, pattern: const}]'], event })).fires,
      false,
    );
    assert.equal(
      (await decide({ keys: [...keys, 'filters: [{type: file_name, pattern: a}]'], event })).fires,
      true,
    );
  });
});

describe('decideFirings on many rules', () => {
  it('answers by priority and then by id', async () => {
    const rules = [
      ...rulesOf('b.mdc', ruleText('priority: 1', 'on: save', generate)),
      ...rulesOf('a.mdc', ruleText('priority: 1', 'on: save', generate)),
      ...rulesOf('z.mdc', ruleText('priority: 9', 'on: save', generate)),
      ...rulesOf('c.mdc', ruleText('on: save', generate)),
    ];
    const decisions = await decideFirings({
      event: saved,
      rules,
      context: { files: createInMemoryFiles(), patterns: scriptPatterns },
      signal,
    });
    assert.deepEqual(
      decisions.map(({ rule }) => rule.id),
      ['z.mdc', 'a.mdc', 'b.mdc', 'c.mdc'],
    );
  });

  it('reads the file at most once, and only when a filter asks for its text', async () => {
    const files = createInMemoryFiles({ 'src/a.ts': 'const a = 1;' });
    const { text: _, ...event } = saved;
    const context = { files, patterns: scriptPatterns };
    const byPath = rulesOf('a.mdc', ruleText(check, 'globs: "**/*.ts"')).slice(0, 1);
    await decideFirings({ event, rules: byPath, context, signal });
    assert.deepEqual(files.reads, []);
    const byText = ['a', 'b', 'c'].flatMap((name) =>
      rulesOf(`${name}.mdc`, ruleText(check, 'filters: [{type: content, pattern: const}]')).slice(0, 1),
    );
    const decisions = await decideFirings({ event, rules: byText, context, signal });
    assert.deepEqual(
      decisions.map(({ fires }) => fires),
      [true, true, true],
    );
    assert.deepEqual(files.reads, ['src/a.ts']);
  });

  it('keeps the actions apart that the origin bars', async () => {
    const both =
      'actions: [{type: validate, conditions: [{pattern: x}]}, {type: generate_tests}, {type: run, command: ls}]';
    const decision = await decide({ keys: ['on: save', both], event: { origin: 'disk' } });
    assert.deepEqual([decision.fires, decision.actions.map(({ type }) => type)], [true, ['validate']]);
  });

  it('lets a block fire on the events of its own filters', async () => {
    const text = `${ruleText('on: open')}<rule>\nfilters:\n  - {type: event, pattern: file_create}\nactions:\n  - {type: review}\n</rule>\n`;
    const rules = rulesOf('a.mdc', text).slice(1);
    const context = { files: createInMemoryFiles(), patterns: scriptPatterns };
    const fires = async (name: FileEvent['name']): Promise<boolean | undefined> =>
      (await decideFirings({ event: { ...saved, name }, rules, context, signal }))[0]?.fires;
    assert.deepEqual([await fires('create'), await fires('open'), await fires('save')], [true, false, false]);
  });
});
