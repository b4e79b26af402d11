import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import type { RuleKind } from '../rule.ts';
import { agents } from './agents.ts';
import type { DialectId, PortableRule } from './dialect.ts';
import { dialectOf, dialects, findDialect } from './dialectList.ts';
import { renderPortable, toPortable } from './portableRule.ts';
import { proposeImport } from './proposeImport.ts';
import { readDialectRule } from './readDialectRule.ts';

function read(id: DialectId, path: string, text: string) {
  const dialect = findDialect(id);
  const rule = dialect === undefined ? undefined : readDialectRule(dialect, path, text);
  assert.ok(rule, path);
  return rule;
}

describe('rule files of other tools', () => {
  const scoped = '---\npaths:\n  - "src/**"\n  - **/*.ts\n---\nB';
  const cases: readonly (readonly [
    id: DialectId,
    path: string,
    text: string,
    kind: RuleKind,
    globs: readonly string[],
    scope: string,
  ])[] = [
    ['agents', 'AGENTS.md', '---\na: 1\n---\nB', 'always', [], ''],
    ['agents', 'a/b/AGENTS.md', 'B', 'always', [], 'a/b'],
    ['claude', 'CLAUDE.md', 'B', 'always', [], ''],
    ['claude', 'a/.claude/CLAUDE.md', 'B', 'always', [], 'a'],
    ['claude-rules', '.claude/rules/web/a.md', scoped, 'autoAttached', ['src/**', '**/*.ts'], ''],
    ['claude-rules', '.claude/rules/a.md', '---\nglobs: a, b\n---\nB', 'autoAttached', ['a', 'b'], ''],
    ['claude-rules', 'x/.claude/rules/a.md', 'B', 'always', [], 'x'],
    ['cline', '.clinerules', 'B', 'always', [], ''],
    ['cline', '.clinerules/01-a.md', scoped, 'autoAttached', ['src/**', '**/*.ts'], ''],
    ['cline', '.clinerules/a.txt', '---\npaths: []\n---\nB', 'manual', [], ''],
    ['cline', '.clinerules/a.md', 'B', 'always', [], ''],
    ['continue', '.continue/rules/a.md', '---\nname: N\n---\nB', 'always', [], ''],
    [
      'continue',
      '.continue/rules/a.md',
      '---\nglobs: "**/*.{a,b}"\n---\nB',
      'autoAttached',
      ['**/*.{a,b}'],
      '',
    ],
    ['continue', '.continue/rules/a.md', '---\nglobs: a\nalwaysApply: true\n---\nB', 'always', [], ''],
    [
      'continue',
      '.continue/rules/a.md',
      '---\ndescription: d\nalwaysApply: false\n---\nB',
      'agentRequested',
      [],
      '',
    ],
    ['continue', '.continue/rules/a.md', '---\nalwaysApply: false\n---\nB', 'manual', [], ''],
    ['continue', '.continue/rules/a.md', '---\nregex: "^import"\n---\nB', 'manual', [], ''],
    ['copilot', '.github/copilot-instructions.md', '---\na: 1\n---\nB', 'always', [], ''],
    [
      'copilot',
      '.github/instructions/a.instructions.md',
      "---\napplyTo: '**/*.ts,**/*.tsx'\n---\nB",
      'autoAttached',
      ['**/*.ts', '**/*.tsx'],
      '',
    ],
    ['copilot', '.github/instructions/x/a.instructions.md', "---\napplyTo: '**'\n---\nB", 'always', [], ''],
    ['copilot', '.github/instructions/a.instructions.md', 'B', 'manual', [], ''],
    [
      'copilot',
      '.github/instructions/a.instructions.md',
      '---\ndescription: d\n---\nB',
      'agentRequested',
      [],
      '',
    ],
    ['kiro', '.kiro/steering/a.md', 'B', 'always', [], ''],
    [
      'kiro',
      '.kiro/steering/a.md',
      '---\ninclusion: fileMatch\nfileMatchPattern: "components/**/*.tsx"\n---\nB',
      'autoAttached',
      ['components/**/*.tsx'],
      '',
    ],
    ['kiro', '.kiro/steering/a.md', '---\ninclusion: fileMatch\n---\nB', 'manual', [], ''],
    ['kiro', '.kiro/steering/a.md', '---\ninclusion: manual\n---\nB', 'manual', [], ''],
    ['kiro', '.kiro/steering/a.md', '---\ninclusion: sometimes\n---\nB', 'manual', [], ''],
    [
      'kiro',
      '.kiro/steering/a.md',
      '---\ninclusion: auto\nname: n\ndescription: d\n---\nB',
      'agentRequested',
      [],
      '',
    ],
    ['windsurf', '.windsurfrules', 'B', 'always', [], ''],
    ['windsurf', '.windsurf/rules/a.md', 'B', 'manual', [], ''],
    ['windsurf', 'a/.windsurf/rules/a.md', '---\ntrigger: always_on\n---\nB', 'always', [], 'a'],
    [
      'windsurf',
      '.windsurf/rules/a.md',
      '---\ntrigger: glob\nglobs: **/*.ts\n---\nB',
      'autoAttached',
      ['**/*.ts'],
      '',
    ],
    ['windsurf', '.windsurf/rules/a.md', '---\ntrigger: glob\n---\nB', 'manual', [], ''],
    [
      'windsurf',
      '.windsurf/rules/a.md',
      '---\ntrigger: model_decision\ndescription: d\n---\nB',
      'agentRequested',
      [],
      '',
    ],
  ];
  for (const [id, path, text, kind, globs, scope] of cases) {
    it(`${id}: ${path} ${JSON.stringify(text.slice(0, 50))} is ${kind}`, () => {
      const { document, portable } = read(id, path, text);
      assert.deepEqual([portable.kind, portable.globs, portable.scope], [kind, globs, scope]);
      assert.deepEqual([document.file.kind, document.file.scope, document.file.active], [kind, scope, true]);
      assert.ok(text.endsWith(document.file.body));
      for (const { value, span } of document.file.globs)
        assert.equal(text.slice(span.start, span.end), value);
      assert.equal(dialectOf(path, [id])?.id, id);
    });
  }

  it('takes no file of somebody else', () => {
    const paths = ['README.md', 'agents.md', 'x.AGENTS.md', '.claude/commands/a.md', '.kiro/specs/a.md'];
    for (const path of [...paths, '.continue/rules.md', '.clinerules/a.json', '.cursor/rules/a.mdc'])
      assert.equal(
        dialectOf(
          path,
          dialects.map(({ id }) => id),
        )?.id,
        undefined,
        path,
      );
  });

  it('is inactive, never global, where a key cannot be understood', () => {
    const broken: readonly (readonly [DialectId, string])[] = [
      ['claude-rules', '---\npaths: ["a\n---\nB'],
      ['claude-rules', '---\npaths:\n  - ../x\n---\nB'],
      ['claude-rules', '---\npaths: a\nB'],
    ];
    for (const [id, text] of broken) {
      const { document } = read(id, '.claude/rules/a.md', text);
      assert.equal(document.file.active, false, text);
    }
  });

  it('names what an import loses', () => {
    const { losses } = read('continue', '.continue/rules/a.md', '---\nregex: x\ncolour: red\n---\nB');
    assert.deepEqual(
      losses.map(({ message }) => /`(\w+)`/.exec(message)?.[1]),
      ['regex', 'colour'],
    );
  });

  it('imports what is about a folder of Cursor as a rule about that folder, never about all', () => {
    for (const [path, to, glob] of [
      ['.cursor/AGENTS.md', '.cursor/rules/agents.mdc', '.cursor/**'],
      ['web/.cursor/docs/AGENTS.md', '.cursor/rules/agents.mdc', 'web/.cursor/docs/**'],
    ] as const) {
      const { files } = proposeImport(agents, [{ path, text: 'Be kind.\n' }]);
      const [only] = files;
      assert.equal(only?.path, to);
      const { file } = parseRuleDocument(to, only?.text ?? '');
      assert.deepEqual([file.kind, file.globs.map(({ value }) => value)], ['autoAttached', [glob]]);
    }
  });

  it('turns imports of CLAUDE.md into includes, and names those inside of a sentence', () => {
    const text = '@docs/a.md\n\nSee @README.md and `@b.md`.\n```\n@c.md\n```\n@../top.md\n@~/.claude/x.md\n';
    const { portable, losses } = read('claude', 'sub/CLAUDE.md', text);
    assert.equal(
      portable.body,
      text.replace('@docs', '@include sub/docs').replace('@../top', '@include top'),
    );
    assert.deepEqual(
      losses.map(({ message }) => /`@(\S+)`/.exec(message)?.[1]),
      ['README.md', '~/.claude/x.md'],
    );
  });
});

const piece = fc.constantFrom(
  ...[
    '---',
    '\n',
    '\r\n',
    ' ',
    ': ',
    '- ',
    '#',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '*',
    '!',
    '|',
    ',',
    '@a/b.md',
    '```',
    '\uFEFF',
  ],
  ...[
    'paths',
    'globs',
    'applyTo: ',
    'inclusion: fileMatch',
    'trigger: glob',
    'alwaysApply: true',
    '**/*.ts',
    '../',
    '😀',
  ],
);

describe('files of other tools, whatever is in them', () => {
  for (const dialect of dialects) {
    it(`${dialect.label} are read without an exception, and with places that lie in the text`, () => {
      const paths = { cline: '.clinerules/a.md', copilot: '.github/instructions/a.instructions.md' };
      const known: Readonly<Record<string, string>> = {
        ...{ agents: 'AGENTS.md', claude: 'CLAUDE.md', 'claude-rules': '.claude/rules/a.md', ...paths },
        ...{
          continue: '.continue/rules/a.md',
          kiro: '.kiro/steering/a.md',
          windsurf: '.windsurf/rules/a.md',
        },
      };
      const text = fc.array(piece, { maxLength: 40 }).map((pieces) => `---\n${pieces.join('')}`);
      fc.assert(
        fc.property(text, (written) => {
          const rule = readDialectRule(dialect, known[dialect.id] ?? '', written);
          assert.ok(rule);
          const { file, problems } = rule.document;
          assert.ok(written.endsWith(file.body));
          const spans = [...problems.map(({ span }) => span), ...file.globs.map(({ span }) => span)];
          for (const { start, end } of spans) assert.ok(start >= 0 && start <= end && end <= written.length);
          if (problems.some(({ severity }) => severity === 'error')) assert.equal(file.active, false);
        }),
        { numRuns: 500 },
      );
    });
  }
});

/** What each tool can say without a loss. */
const sayable: Readonly<Record<DialectId, (rule: PortableRule) => boolean>> = {
  agents: ({ kind, description, label }) => kind === 'always' && description === '' && label === undefined,
  claude: ({ kind, description, label }) => kind === 'always' && description === '' && label === undefined,
  'claude-rules': ({ kind, label }) => (kind === 'always' || kind === 'autoAttached') && label === undefined,
  cline: ({ kind, label }) => kind !== 'agentRequested' && label === undefined,
  continue: ({ kind, description }) => kind !== 'manual' || description === '',
  copilot: ({ kind, description }) => kind !== 'manual' || description === '',
  kiro: () => true,
  windsurf: ({ label }) => label === undefined,
};

const words = fc.constantFrom('a: b', 'Say "hello"', 'C#', 'né', 'x', '');
const globLists = fc.constantFrom<readonly string[]>(
  ['src/**'],
  ['**/*.{ts,tsx}', '*.c'],
  ['a/[x]/*', 'b', 'c/**'],
);
const bodies = fc.constantFrom(
  '',
  'Text\n',
  '# T\r\n\r\nText\r\n',
  '---\na: 1\n---\nB\n',
  '\n\nB',
  '---\n\nB',
);
const rules: fc.Arbitrary<PortableRule> = fc.record({
  file: fc.constantFrom('a', 'web/react', 'über'),
  label: fc.constantFrom(undefined, 'A name', 'a: b'),
  description: words,
  kind: fc.constantFrom<RuleKind>('always', 'autoAttached', 'agentRequested', 'manual'),
  globs: globLists,
  scope: fc.constant(''),
  body: bodies,
});

/** A rule of that kind has these values and no others. */
function normalise(rule: PortableRule): PortableRule {
  const description = rule.kind === 'agentRequested' && rule.description === '' ? 'd' : rule.description;
  return { ...rule, description, globs: rule.kind === 'autoAttached' ? rule.globs : [] };
}

describe('export to another tool and back', () => {
  for (const dialect of dialects) {
    it(`gives the same rule where ${dialect.label} can say it, and names a loss where it cannot`, () => {
      let same = 0;
      fc.assert(
        fc.property(rules, (given) => {
          const rule = normalise(given);
          const { files, losses } = dialect.write([rule]);
          if (!sayable[dialect.id](rule)) {
            assert.ok(losses.length > 0, JSON.stringify(rule));
            return;
          }
          assert.deepEqual(losses, []);
          const [file] = files;
          assert.ok(file);
          const back = readDialectRule(dialect, file.path, file.text);
          assert.deepEqual(back?.losses, []);
          assert.equal(back?.document.file.active, true, file.text);
          const isNamed = dialect.place(file.path)?.hasFrontmatter === true;
          const label =
            back?.portable.label === back?.portable.file.split('/').at(-1) ? undefined : back?.portable.label;
          assert.deepEqual(
            { ...back?.portable, label },
            { ...rule, file: isNamed ? rule.file : back?.portable.file },
          );
          same += 1;
        }),
        { numRuns: 1000 },
      );
      assert.ok(same > 8, String(same));
    });
  }

  it('gives the same rule through a file of ours', () => {
    fc.assert(
      fc.property(rules, (given) => {
        const rule = normalise(given.kind === 'manual' ? { ...given, description: '' } : given);
        const { path, text } = renderPortable(rule);
        const { file, problems } = parseRuleDocument(path, text);
        assert.deepEqual(
          problems.filter(({ severity }) => severity === 'error'),
          [],
          text,
        );
        assert.deepEqual(toPortable(file).portable, rule);
      }),
      { numRuns: 1000 },
    );
  });

  it('sees a rule of a folder from the top', () => {
    const rule: PortableRule = {
      ...{ file: 'a', label: undefined, description: '', body: 'B', scope: 'sub' },
      ...{ kind: 'autoAttached', globs: ['*.ts', '!x/**'] },
    };
    const { files, losses } = findDialect('cline')?.write([rule]) ?? { files: [], losses: [] };
    assert.deepEqual(files, [{ path: '.clinerules/a.md', text: '---\npaths: ["sub/*.ts"]\n---\nB' }]);
    assert.match(losses[0]?.message ?? '', /would also be about sub\/x\/\*\*/);
    const always = findDialect('kiro')?.write([{ ...rule, kind: 'always', globs: [] }]);
    assert.match(always?.files[0]?.text ?? '', /fileMatchPattern: sub\/\*\*/);
  });

  it('joins rules of one folder into one text, and says so', () => {
    const rule = (file: string): PortableRule => ({
      ...{
        file,
        label: undefined,
        description: '',
        kind: 'always',
        globs: [],
        scope: 'x',
        body: `${file}\n`,
      },
    });
    const { files, losses } = findDialect('agents')?.write([rule('a'), rule('b')]) ?? {
      files: [],
      losses: [],
    };
    assert.deepEqual(files, [{ path: 'x/AGENTS.md', text: '<!-- a -->\n\na\n\n<!-- b -->\n\nb\n' }]);
    assert.equal(losses.length, 1);
  });

  it('names what only our engine acts on', () => {
    const text = '---\nalwaysApply: true\non: save\npriority: 3\nactions:\n  - type: reject\n---\nB';
    const [loss] = toPortable(parseRuleDocument('.cursor/rules/a.mdc', text).file).losses;
    assert.match(loss?.message ?? '', /`on`, `actions`, `priority` are lost/);
  });
});
