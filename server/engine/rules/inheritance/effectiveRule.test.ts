import assert from 'node:assert/strict';
import { effectiveOf, open, type Texts } from '../../../test/inheritingTexts.ts';
import type { EffectiveRule } from './effectiveRule.ts';

const globsOf = ({ rule }: EffectiveRule): string => rule.globs.map(({ value }) => value).join(' ');

describe('the values of a rule that inherits', () => {
  const rows: readonly (readonly [
    title: string,
    texts: Texts,
    read: (effective: EffectiveRule) => unknown,
    expected: unknown,
  ])[] = [
    [
      'take scalars that it does not write from the nearest that does',
      {
        a: ['extends: b', ''],
        b: ['extends: c\npriority: 3', ''],
        c: [
          'description: of c\npriority: 9\nmodel: reviewer\napproval: ask\nskip: trivial\ndebounce: 3s',
          '',
        ],
      },
      ({ rule }) => [
        ...[rule.description, rule.priority, rule.model, rule.approval, rule.skipTrivial, rule.debounceMs],
      ],
      ['of c', 3, 'reviewer', 'ask', true, 3_000],
    ],
    [
      'keep what it writes, also an empty value',
      { a: ['extends: b\ndescription:\nglobs:', ''], b: ['description: of b\nglobs: "*.x"', ''] },
      ({ rule }) => [rule.description, rule.globs, rule.kind],
      ['', [], 'manual'],
    ],
    [
      'never take name, version, abstract, enabled and parents',
      {
        a: ['extends: b', ''],
        b: ['name: base\nversion: 2.0\nabstract: true\nenabled: false\nextends: c', ''],
        c: ['description: c', ''],
      },
      ({ rule }) => [
        ...[rule.name, rule.version, rule.abstract, rule.enabled, rule.extends.length, rule.active],
      ],
      ['a', undefined, false, true, 1, true],
    ],
    [
      'replace globs and events',
      { a: ['extends: b\nglobs: x\non: open', ''], b: ['globs: y\non: save', ''] },
      ({ rule }) => [rule.globs.map(({ value }) => value), rule.on.map(({ value }) => value)],
      [['x'], ['open']],
    ],
    [
      'add globs with `$parents`',
      {
        a: ['extends: b\nglobs: [$parents, z]', ''],
        b: ['extends: c\nglobs: $parents, y', ''],
        c: ['globs: x', ''],
      },
      globsOf,
      'x y z',
    ],
    [
      'take `$parents` of several parents, each glob once',
      {
        a: ['extends: b, c\nglobs: $parents', ''],
        b: ['extends: d\nglobs: $parents, b', ''],
        c: ['extends: d', ''],
        d: ['globs: d', ''],
      },
      globsOf,
      'd b',
    ],
    ['leave `$parents` alone where there are none', { a: ['globs: $parents', ''] }, globsOf, '$parents'],
    [
      'join origins',
      { a: ['extends: b\norigin: auto', ''], b: ['origin: user, disk', ''] },
      ({ rule }) => rule.origin,
      ['user', 'disk', 'auto'],
    ],
    [
      'merge metadata and budget deeply',
      {
        a: ['extends: b\nmetadata: { x: { q: 2 }, z: [3] }\nbudget: { usd: 1 }', ''],
        b: ['metadata: { x: { p: 1, q: 1 }, y: 1, z: [1, 2] }\nbudget: { usd: 5, tokens: 10 }', ''],
      },
      ({ rule }) => [rule.metadata, rule.budget],
      [
        { x: { p: 1, q: 2 }, y: 1, z: [3] },
        { usd: 1, tokens: 10 },
      ],
    ],
    [
      'count a priority that is written before one in metadata, whoever wrote it',
      { a: ['extends: b\nmetadata: { priority: high }', ''], b: ['priority: 7', ''] },
      ({ rule }) => rule.priority,
      7,
    ],
    [
      'inherit a priority in metadata',
      { a: ['extends: b\nmetadata: { x: 1 }', ''], b: ['metadata: { priority: critical }', ''] },
      ({ rule }) => rule.priority,
      100,
    ],
    [
      'have the filters of the root first',
      {
        a: ['extends: b\nfilters:\n  - { type: content, pattern: a }', ''],
        b: ['filters:\n  - { type: content, pattern: b }', ''],
      },
      ({ rule }) => rule.filters.map(({ pattern }) => pattern),
      ['b', 'a'],
    ],
    [
      'replace actions by their id, in place, and take them away',
      {
        a: [
          'extends: b\nactions:\n  - { id: two, remove: true }\n  - { id: one, type: review, message: mine }\n  - { type: suggest, message: last }',
          '',
        ],
        b: [
          'actions:\n  - { id: one, type: review, message: theirs }\n  - { id: two, type: review }\n  - { type: suggest, message: stays }',
          '',
        ],
      },
      ({ rule }) => rule.actions.map(({ message }) => message),
      ['mine', 'stays', 'last'],
    ],
    [
      'have no entry that only takes away',
      { a: ['actions:\n  - { id: x, remove: true }\n  - { type: suggest, message: one }', ''] },
      ({ rule }) => rule.actions.map(({ message }) => message),
      ['one'],
    ],
    [
      'decide the kind anew',
      { a: ['extends: b', ''], b: ['globs: x\ndescription: d', ''] },
      ({ rule }) => rule.kind,
      'autoAttached',
    ],
    [
      'read inherited globs from its own folder',
      { 'web/.cursor/rules/a.mdc': '---\nextends: b\n---\n', b: ['globs: src/**', ''] },
      () =>
        effectiveOf(
          { 'web/.cursor/rules/a.mdc': '---\nextends: b\n---\n', b: ['globs: src/**', ''] },
          'web/.cursor/rules/a.mdc',
        ).rule.scope,
      'web',
    ],
    [
      'come from bundled rules too',
      {
        a: ['extends: builtin:tests', ''],
        'builtin:tests': '---\nglobs: t/**\nabstract: true\n---\nTest.\n',
      },
      ({ rule, lineage }) => [rule.globs[0]?.value, rule.body, rule.active, lineage],
      ['t/**', 'Test.\n', true, ['.cursor/rules/a.mdc', 'builtin:tests']],
    ],
  ];
  for (const [title, texts, read, expected] of rows) {
    it(title, () => {
      const name = 'a' in texts ? 'a' : (Object.keys(texts)[0] ?? '');
      assert.deepEqual(read(effectiveOf(texts, name)), expected);
    });
  }
});

describe('the body of a rule that inherits', () => {
  const rows: readonly (readonly [title: string, texts: Texts, body: string])[] = [
    ['goes after those of its parents', { a: ['extends: b', 'A'], b: ['', 'B\n'] }, 'B\n\nA'],
    [
      'follows the order of all parents, root first',
      {
        a: ['extends: b, c', 'A\n'],
        b: ['extends: d', 'B\n'],
        c: ['extends: d', 'C\n'],
        d: ['', 'D\n'],
      },
      'D\n\nC\n\nB\n\nA\n',
    ],
    ['is that of its parent when it is empty', { a: ['extends: b', '\n'], b: ['', 'B\n'] }, 'B\n'],
    [
      'has them where `{{super}}` stands',
      { a: ['extends: b', 'Before\n{{super}}\nAfter\n'], b: ['', 'B\n'] },
      'Before\nB\nAfter\n',
    ],
    [
      'has each text once',
      { a: ['extends: b', '{{super}} and {{super}}\n'], b: ['extends: c', 'B {{super}}'], c: ['', 'C'] },
      'B C and \n',
    ],
    [
      'keeps `{{super}}` in code, and in a rule without parents',
      { a: ['extends: b', 'Write `{{super}}`.\n'], b: ['', 'B {{super}}\n'] },
      'B {{super}}\n\nWrite `{{super}}`.\n',
    ],
    ['keeps its own line breaks', { a: ['extends: b', 'A\r\n'], b: ['', 'B\r\n\r\n'] }, 'B\r\n\r\nA\r\n'],
  ];
  for (const [title, texts, body] of rows) {
    it(title, () => assert.equal(effectiveOf(texts).rule.body, body));
  }

  it('never becomes longer than a rule file', () => {
    const { rule } = effectiveOf({
      a: ['extends: b', 'x'.repeat(600_000)],
      b: ['', 'y'.repeat(600_000)],
    });
    assert.equal(rule.body.length, 1_048_576);
  });
});

describe('the blocks of a rule that inherits', () => {
  const block = (name: string, message: string): string =>
    `<rule>\nname: ${name}\nactions:\n  - type: suggest\n    message: ${message}\n</rule>\n`;
  const texts: Texts = {
    a: ['extends: b\npriority: 4', `A\n${block('one', 'of a')}`],
    b: ['abstract: true\nglobs: src/**\non: save', `B\n${block('one', 'of b')}${block('two', 'of b')}`],
  };

  it('are its own, then those of its parents by other names', () => {
    const rules = open(texts).effectiveRules('.cursor/rules/a.mdc');
    assert.deepEqual(
      rules.slice(1).map(({ rule }) => [rule.id, rule.name, rule.actions[0]?.message, rule.path]),
      [
        ['.cursor/rules/a.mdc#1', 'one', 'of a', '.cursor/rules/a.mdc'],
        ['.cursor/rules/a.mdc#2', 'two', 'of b', '.cursor/rules/a.mdc'],
      ],
    );
  });

  it('take what they take from the frontmatter as it is in effect', () => {
    for (const id of ['.cursor/rules/a.mdc#1', '.cursor/rules/a.mdc#2']) {
      const { rule } = effectiveOf(texts, id);
      assert.deepEqual(
        [rule.globs[0]?.value, rule.on[0]?.value, rule.priority, rule.active, rule.form],
        ['src/**', 'save', 4, true, 'block'],
      );
    }
    assert.equal(effectiveOf(texts, '.cursor/rules/b.mdc#1').rule.active, false);
  });

  it('stand in the body only where no other block replaces them', () => {
    assert.equal(effectiveOf(texts).rule.body, `B\n\n${block('two', 'of b')}\nA\n${block('one', 'of a')}`);
  });

  it('say where they came from', () => {
    const { provenance } = effectiveOf(texts, '.cursor/rules/a.mdc#2');
    assert.equal(provenance.get('actions')?.[0]?.path, '.cursor/rules/b.mdc');
    assert.equal(provenance.get('priority')?.[0]?.path, '.cursor/rules/a.mdc');
    assert.equal(provenance.get('globs')?.[0]?.path, '.cursor/rules/b.mdc');
  });
});

describe('whether a rule that inherits is active', () => {
  const acting = 'on: save\nactions:\n  - type: review';
  const rows: readonly (readonly [title: string, texts: Texts, reason: RegExp | undefined])[] = [
    [
      'it is, below an abstract parent',
      { a: ['extends: b', ''], b: [`abstract: true\n${acting}`, ''] },
      undefined,
    ],
    [
      'it is, below one that is switched off',
      { a: ['extends: b', ''], b: [`enabled: false\n${acting}`, ''] },
      undefined,
    ],
    [
      'it is not, with an error in a parent',
      { a: ['extends: b', 'Guides'], b: ['extends: c', ''], c: ['globs: "../x"', ''] },
      /its parent “c” cannot be relied on: that one has an error \(rule\.bad-glob\)/,
    ],
    [
      'it is not, where it acts and a parent is missing',
      { a: [`extends: b\n${acting}`, ''] },
      /rule\.missing-parent/,
    ],
    [
      'it is not, where it acts and a parent of its parent is missing',
      { a: ['extends: b', ''], b: [`extends: c\n${acting}`, ''] },
      /its parent “b” cannot be relied on.*rule\.missing-parent/,
    ],
    ['it is, where it only guides and a parent is missing', { a: ['extends: b', 'Guides'] }, undefined],
    [
      'it is not, when it says so itself',
      { a: ['extends: b\nenabled: false', ''], b: [acting, ''] },
      /switched off/,
    ],
  ];
  for (const [title, texts, reason] of rows) {
    it(title, () => {
      const { rule } = effectiveOf(texts);
      assert.equal(rule.active, reason === undefined, rule.inactiveReason);
      if (reason !== undefined) assert.match(rule.inactiveReason ?? '', reason);
    });
  }
});

describe('the problems of a rule that inherits', () => {
  const rows: readonly (readonly [title: string, texts: Texts, code: string, at: string, message: RegExp])[] =
    [
      [
        'a parent that is not there',
        { a: ['extends: [b, ./gone.mdc]', ''], b: ['', ''] },
        'rule.missing-parent',
        './gone.mdc',
        /Looked at `\.cursor\/rules\/gone\.mdc`, `gone\.mdc`/,
      ],
      [
        'a path out of the folder',
        { a: ['extends: ../../../etc/x.mdc', ''] },
        'rule.missing-parent',
        '../../../etc/x.mdc',
        /“\.\.\/\.\.\/\.\.\/etc\/x\.mdc” lies outside of the workspace folder: it leaves the workspace folder\./,
      ],
      [
        'an absolute path',
        { a: ['extends: /etc/x.mdc', ''] },
        'rule.missing-parent',
        '/etc/x.mdc',
        /“\/etc\/x\.mdc” lies outside of the workspace folder/,
      ],
      [
        'a path with a drive',
        { a: ["extends: 'C:\\rules\\x.mdc'", ''] },
        'rule.missing-parent',
        'C:\\rules\\x.mdc',
        /lies outside of the workspace folder/,
      ],
      [
        'a path by dots that stays in the folder',
        { a: ['extends: ../../x.mdc', ''] },
        'rule.missing-parent',
        '../../x.mdc',
        /There is no rule .* Looked at `x\.mdc`/,
      ],
      [
        'a name that several rules have',
        { a: ['extends: base', ''], '.cursor/rules/x/base.mdc': '', '.cursor/rules/y/base.mdc': '' },
        'rule.ambiguous-reference',
        'base',
        /`\.cursor\/rules\/x\/base\.mdc`, `\.cursor\/rules\/y\/base\.mdc`/,
      ],
      ['a cycle', { a: ['extends: b', ''], b: ['extends: a', ''] }, 'rule.cyclic-parent', 'b', /a → b → a/],
      [
        'an order that suits nobody',
        { a: ['extends: c, b', ''], b: ['extends: c', ''], c: ['', ''] },
        'rule.inconsistent-parents',
        'b',
        /b → c/,
      ],
      [
        'a text in every prompt that the file does not tell of',
        { a: ['extends: b', ''], b: ['alwaysApply: true', ''] },
        'rule.inherited-always',
        'b',
        /inherits `alwaysApply: true` from “b”/,
      ],
    ];
  for (const [title, texts, code, at, message] of rows) {
    it(`are at the reference: ${title}`, () => {
      const catalog = open(texts);
      const path = '.cursor/rules/a.mdc';
      const [problem, ...others] = catalog.problems(path);
      assert.ok(problem, 'no problem');
      assert.deepEqual(
        [problem.code, catalog.document(path)?.text.slice(problem.span.start, problem.span.end), others],
        [code, at, []],
      );
      assert.match(problem.message, message);
    });
  }
});
