import assert from 'node:assert/strict';
import { parseRuleDocument } from './parseRuleDocument.ts';

const path = '.cursor/rules/example.mdc';
const parse = (text: string) => parseRuleDocument(path, text);
const errorsOf = (text: string) => parse(text).problems.filter((problem) => problem.severity === 'error');
const globsOf = (text: string): readonly string[] => parse(text).file.globs.map((glob) => glob.value);

describe('the name of a rule', () => {
  for (const [written, shown] of [
    ['"a\\nAllow everything?"', 'a Allow everything?'],
    ['"\\e]52;c;YQ==\\ab"', 'b'],
    ['"a\\u202eb"', 'a\\u{202e}b'],
    ['"\\e[m"', 'x'],
  ] as const) {
    it(`is one line that hides nothing: ${written}`, () => {
      const { file } = parseRuleDocument('.cursor/rules/x.mdc', `---\nname: ${written}\nglobs: a\n---\n`);
      assert.equal(file.name, shown);
    });
  }
});

describe('parseRuleDocument reads globs in every form', () => {
  const forms: readonly (readonly [written: string, globs: readonly string[]])[] = [
    ['globs: **/*', ['**/*']],
    ['globs: *.ts, *.tsx', ['*.ts', '*.tsx']],
    ['globs: *.ts,*.tsx', ['*.ts', '*.tsx']],
    ['globs:*.ts', ['*.ts']],
    ['globs : *.ts', ['*.ts']],
    ['"globs": *.ts', ['*.ts']],
    ['globs: "*.ts,*.tsx"', ['*.ts', '*.tsx']],
    ["globs: '*.ts, *.tsx'", ['*.ts', '*.tsx']],
    ['globs: "*.ts","*.tsx"', ['*.ts', '*.tsx']],
    ['globs: a/*.ts", "b/**", "**/*.{c,h}', ['a/*.ts', 'b/**', '**/*.{c,h}']],
    ['globs: ["a", "b"]', ['a', 'b']],
    ["globs: ['a', 'b'] # two of them", ['a', 'b']],
    ['globs: ["src/[{]a", "b"]\nalwaysApply: false', ['src/[{]a', 'b']],
    ["globs: ['a', \"it's[[]\"]\nalwaysApply: false", ['a', "it's[[]"]],
    ['globs: [*.ts]', ['*.ts']],
    ['globs: [*.ts, src/**/*.{js,jsx}]', ['*.ts', 'src/**/*.{js,jsx}']],
    ['globs: [\n  "a",\n  "b",\n]', ['a', 'b']],
    ['globs:\n  - "*.ts"\n  - *.tsx\n', ['*.ts', '*.tsx']],
    ['globs:\n- a\n- b', ['a', 'b']],
    ['globs:\n\t- a\n\t- b', ['a', 'b']],
    ['globs:\n  # the sources\n  - a\n\n  - b', ['a', 'b']],
    ['globs:\n  - "*.ts,*.tsx"', ['*.ts', '*.tsx']],
    ['globs: a,\n  b', ['a', 'b']],
    ['globs: |\n  a\n  b', ['a', 'b']],
    ['globs: src/**/*.{ts,tsx}, !**/migrations/**', ['src/**/*.{ts,tsx}', '!**/migrations/**']],
    ['globs: [ab]*.ts', ['[ab]*.ts']],
    ['globs: src/[a,b].ts, c', ['src/[a,b].ts', 'c']],
    ['globs: *.ts # sources', ['*.ts']],
    ['globs: a b/c.ts', ['a b/c.ts']],
    ['globs: ["a: b"]', ['a: b']],
    ['globs: ["*.ts"], "*.py"', ['*.ts', '*.py']],
    ['globs: "*.py", ["*.ts", \'*.js\'] # both', ['*.py', '*.ts', '*.js']],
    ['globs: ["a.ts"], [*.py, b.js]', ['a.ts', '*.py', 'b.js']],
    ['globs: [*.[jt]s, *.py]', ['*.[jt]s', '*.py']],
    ['globs: [ab]*.[cd]', ['[ab]*.[cd]']],
    ['globs: [ab], c', ['[ab]', 'c']],
    ['globs: **/*\t ', ['**/*']],
    ['globs:', []],
    ['globs: ""', []],
    ['globs: []', []],
    ['globs: ~', []],
    ['globs: null', []],
    ['globs: # none yet', []],
  ];
  for (const [written, globs] of forms) {
    it(JSON.stringify(written), () => {
      const text = `---\ndescription: x\n${written}\nalwaysApply: false\n---\nBody`;
      const document = parse(text);
      assert.deepEqual(globsOf(text), globs);
      assert.equal(document.file.description, 'x');
      assert.equal(document.file.active, true, document.file.inactiveReason);
      for (const { value, span } of document.file.globs)
        assert.equal(text.slice(span.start, span.end), value);
    });
  }
});

describe('parseRuleDocument reads descriptions as their authors meant', () => {
  const forms: readonly (readonly [written: string, description: string])[] = [
    ['description: Rules for C#: read them', 'Rules for C#: read them'],
    ['description: Fix #12 and #13', 'Fix #12 and #13'],
    ['description: short # a comment', 'short'],
    ['description: "quoted: yes # no"', 'quoted: yes # no'],
    ["description: 'it''s'", "it's"],
    ["description: 'it's'", "it's"],
    ['description: "Foo" and bar', '"Foo" and bar'],
    ['description: "tab\\there \\d"', 'tab\there \\d'],
    ['description: `code` and *stars* & more', '`code` and *stars* & more'],
    ['description: [a] list', '[a] list'],
    ['description: one\n  two\n  three', 'one two three'],
    ['description: >\n  one\n  two', 'one two'],
    ['description: >-\n  one\n  two', 'one two'],
    ['description: |\n  one\n  two', 'one\ntwo'],
    ['description: "one\n  two"', 'one two'],
    ['description: \t x \t', 'x'],
    ['description:', ''],
    ['description: null', ''],
    ['description: 1.0', '1.0'],
    ['description: true', 'true'],
  ];
  for (const [written, description] of forms) {
    it(JSON.stringify(written), () => {
      const { file } = parse(`---\n${written}\nglobs: a\n---\n`);
      assert.equal(file.description, description);
      assert.deepEqual(
        file.globs.map((glob) => glob.value),
        ['a'],
      );
    });
  }
});

describe('parseRuleDocument reads no list as a text', () => {
  for (const key of ['description', 'name', 'model', 'version']) {
    it(`says so of \`${key}\`, at the list`, () => {
      const text = `---\n${key}:\n  - one\n  - two\n---\nB`;
      const { file, problems } = parse(text);
      assert.deepEqual(
        problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]),
        [['rule.wrong-type', '- one\n  - two']],
      );
      assert.deepEqual([file.active, file.description, file.name], [false, '', 'example']);
    });
  }

  it('takes dashes in a folded text as text', () => {
    const { file, problems } = parse('---\ndescription: one\n  - two\n---\n<rule>\nname: b\n</rule>\n');
    assert.deepEqual([file.description, problems], ['one - two', []]);
  });

  it('says it of a block too', () => {
    const { blocks, problems } = parse('<rule>\nname: b\ndescription:\n  - one\n</rule>\n');
    assert.deepEqual([problems.map(({ code }) => code), blocks[0]?.active], [['rule.wrong-type'], false]);
  });
});

describe('parseRuleDocument reads the attempts of a budget', () => {
  for (const [written, attempts] of [
    ['0', 0],
    ['5', 5],
    ['+3', 3],
    ['1.5', undefined],
    ['1e1', undefined],
    ['-1', undefined],
    ['9999999999', undefined],
  ] as const) {
    it(`${written}: ${attempts ?? 'is no whole number'}`, () => {
      const { file, problems } = parse(`---\nbudget: {usd: 1.5, attempts: ${written}}\n---\nB`);
      assert.equal(file.budget.attempts, attempts);
      assert.equal(file.budget.usd, 1.5);
      const wrong = problems.filter(({ code }) => code === 'rule.wrong-type');
      assert.deepEqual(
        wrong.map(({ message }) => message),
        attempts === undefined ? ['`attempts` is a whole number, zero or more.'] : [],
      );
    });
  }
});

describe('parseRuleDocument finds the parts of a file', () => {
  const cases: readonly (readonly [title: string, text: string, globs: readonly string[], body: string])[] = [
    ['no frontmatter at all', '# Title\n', [], '# Title\n'],
    ['an empty file', '', [], ''],
    ['CRLF', '---\r\ndescription: a: b\r\nglobs: *.ts\r\n---\r\nBody\r\n', ['*.ts'], 'Body\r\n'],
    ['lone carriage returns', '---\rglobs: *.ts\r---\rBody', ['*.ts'], 'Body'],
    ['a BOM', '\uFEFF---\nglobs: *.ts\n---\nBody', ['*.ts'], 'Body'],
    ['a BOM without frontmatter', '\uFEFFBody', [], 'Body'],
    ['blanks behind the fences', '--- \nglobs: *.ts\n---\t\nBody', ['*.ts'], 'Body'],
    ['no final newline', '---\nglobs: *.ts\n---', ['*.ts'], ''],
    ['empty frontmatter', '---\n---\nBody', [], 'Body'],
    ['keys that are all indented', '---\n  globs: *.ts\n  alwaysApply: false\n---\nBody', ['*.ts'], 'Body'],
    ['blank lines above the frontmatter', '\n\n---\nglobs: *.ts\n---\nBody', ['*.ts'], 'Body'],
    ['a rule across the page', '---\n\nText\n\n---\nMore', [], '---\n\nText\n\n---\nMore'],
    ['a rule across the page alone', '---\n\nNote: b\n', [], '---\n\nNote: b\n'],
    ['a list between two rules', '---\n- Globs of stars\n---\nMore', [], '---\n- Globs of stars\n---\nMore'],
    ['a text that begins with a longer rule', '----\nglobs: a\n----\n', [], '----\nglobs: a\n----\n'],
    [
      'a second frontmatter as text',
      '---\nglobs: a\n---\n---\nglobs: b\n---\nBody',
      ['a'],
      '---\nglobs: b\n---\nBody',
    ],
  ];
  for (const [title, text, globs, body] of cases) {
    it(title, () => {
      assert.deepEqual(globsOf(text), globs);
      assert.equal(parse(text).file.body, body);
      assert.deepEqual(errorsOf(text), []);
    });
  }

  it('says of a fence with text behind it what spoils it, and little of what follows', () => {
    const text = `---\nversion: 1.0\n---# Title\n${'Some text.\n'.repeat(50)}\n---\nEnd\n`;
    const { file, problems } = parse(text);
    assert.equal(file.active, false);
    assert.deepEqual(
      problems.map(
        ({ message }) => /^(?:This fence has text|This line is no|\d+ more lines)/.exec(message)?.[0],
      ),
      ['This fence has text', 'This line is no', 'This line is no', '48 more lines'],
    );
  });

  it('takes a fence that is indented for no value of the last key', () => {
    const { file, problems } = parse('---\nglobs: *.ts\n --- \nBody');
    assert.deepEqual(
      file.globs.map(({ value }) => value),
      ['*.ts'],
    );
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error').map(({ code }) => code),
      ['rule.unclosed-frontmatter'],
    );
    assert.equal(file.body, ' --- \nBody');
  });

  it('decides the kind in Cursor’s order', () => {
    const kinds = [
      'alwaysApply: true\nglobs: a',
      'globs: a\ndescription: b',
      'description: b',
      'name: c',
    ].map((keys) => parse(`---\n${keys}\n---\n`).file.kind);
    assert.deepEqual(kinds, ['always', 'autoAttached', 'agentRequested', 'manual']);
  });

  for (const written of ['true', 'True', '"true"', "'true'", 'true # always']) {
    it(`reads alwaysApply: ${written}`, () =>
      assert.equal(parse(`---\nalwaysApply: ${written}\n---\n`).file.alwaysApply, true));
  }

  const names: readonly (readonly [path: string, name: string, scope: string, kind: string])[] = [
    ['.cursor/rules/a.mdc', 'a', '', 'manual'],
    ['drafts/a.mdc.md', 'a', '', 'manual'],
    ['.cursor/rules/style/RULE.md', 'style', '', 'manual'],
    ['packages/web/.cursor/rules/x/a.mdc', 'a', 'packages/web', 'manual'],
    ['.cursorrules', '.cursorrules', '', 'always'],
    ['packages/web/.cursorrules', '.cursorrules', 'packages/web', 'always'],
    ['builtin:tests', 'tests', '', 'manual'],
  ];
  for (const [file, name, scope, kind] of names) {
    it(`knows name, folder and kind of ${file}`, () => {
      const { file: rule } = parseRuleDocument(file, 'Body');
      assert.deepEqual([rule.id, rule.name, rule.scope, rule.kind], [file, name, scope, kind]);
    });
  }

  it('takes all of .cursorrules as text', () => {
    const { file, blocks, problems } = parseRuleDocument(
      '.cursorrules',
      '---\nglobs: [\n---\n<rule>\n</rule>',
    );
    assert.deepEqual([file.globs, blocks, problems], [[], [], []]);
    assert.equal(file.active, true);
  });
});

describe('parseRuleDocument reads our own keys', () => {
  it('reads every key with its type', () => {
    const { file, problems } = parse(
      [
        '---',
        'name: tests',
        'description: d',
        'globs: src/**/*.ts',
        'version: 1.2',
        'on: [save, file_create, test_fail]',
        'origin: user, disk',
        'debounce: 2s',
        'skip: trivial',
        'priority: -5',
        'model: tester',
        'approval: ask',
        'budget: {usd: 0.25, attempts: 3}',
        'filters:',
        '  - type: path',
        '    pattern: "/src/"',
        '    options: {negate: true, flags: i}',
        '  - id: big',
        '    type: line_count',
        '    pattern: "> 500"',
        'actions:',
        '  - type: generate_tests',
        '    id: gen',
        '    message: |',
        '      Write tests.',
        '    target: test/{stem}.test.ts',
        '    context: [README.md, "@style"]',
        '    timeout: 90s',
        '  - type: check',
        '    severity: high',
        '    conditions:',
        '      - pattern: TODO',
        '        message: Finish it.',
        'metadata:',
        '  owner: me',
        '  tags: [a, 1]',
        '---',
        'Body',
      ].join('\n'),
    );
    assert.deepEqual(new Set(problems.map(({ code }) => code)), new Set(['rule.other-spelling']));
    assert.equal(file.name, 'tests');
    assert.equal(file.version, '1.2.0');
    assert.deepEqual(
      file.on.map((event) => event.value),
      ['save', 'create', 'test-fail'],
    );
    assert.deepEqual(file.origin, ['user', 'disk']);
    assert.deepEqual([file.debounceMs, file.skipTrivial, file.priority], [2000, true, -5]);
    assert.deepEqual([file.model, file.approval, file.budget], ['tester', 'ask', { usd: 0.25, attempts: 3 }]);
    assert.deepEqual(
      file.filters.map(({ type, pattern, negate, flags, id }) => [type, pattern, negate, flags, id]),
      [
        ['file_path', '/src/', true, 'i', undefined],
        ['line_count', '> 500', false, '', 'big'],
      ],
    );
    const [generate, check] = file.actions;
    assert.deepEqual(
      [generate?.type, generate?.id, generate?.message, generate?.timeoutMs],
      ['generate_tests', 'gen', 'Write tests.', 90_000],
    );
    assert.deepEqual([generate?.target, generate?.context], ['test/{stem}.test.ts', ['README.md', '@style']]);
    assert.deepEqual([check?.type, check?.written, check?.severity], ['validate', 'check', 'error']);
    assert.deepEqual([check?.conditions[0]?.pattern, check?.conditions[0]?.message], ['TODO', 'Finish it.']);
    assert.deepEqual(file.metadata, { owner: 'me', tags: ['a', 1] });
  });

  it('has its defaults where nothing is written', () => {
    const { file } = parse('Body');
    assert.deepEqual(
      [
        file.debounceMs,
        file.skipTrivial,
        file.priority,
        file.model,
        file.approval,
        file.version,
        file.origin,
      ],
      [200, false, 0, undefined, undefined, undefined, undefined],
    );
    assert.deepEqual([file.on, file.filters, file.actions, file.budget, file.metadata], [[], [], [], {}, {}]);
  });

  it('keeps where each value was written', () => {
    const text = '---\non: save\nbudget:\n  usd: 1\n---\n';
    const { written } = parse(text).file;
    const slice = (key: string): string => text.slice(written.get(key)?.start, written.get(key)?.end);
    assert.deepEqual([slice('on'), slice('budget')], ['save', 'usd: 1']);
  });

  for (const [keys, reason] of [
    ['enabled: false', /switched off/],
    ['abstract: true', /abstract/],
  ] as const) {
    it(`is inactive with ${keys.split('\n', 1)[0]}`, () => {
      const { file, problems } = parse(`---\n${keys}\n---\n`);
      assert.equal(file.active, false);
      assert.match(file.inactiveReason ?? '', reason);
      assert.deepEqual(
        problems.filter((problem) => problem.severity === 'error'),
        [],
      );
    });
  }

  it('never evaluates what looks like code', () => {
    const { file } = parse(
      '---\nmetadata:\n  run: !!js/function "function(){}"\n  __proto__: 1\ndescription: !!js/x 1\n---\n',
    );
    assert.equal(file.metadata['run'], 'function(){}');
    assert.equal(Object.getPrototypeOf(file.metadata), Object.prototype);
    assert.equal(file.description, '!!js/x 1');
  });
});
