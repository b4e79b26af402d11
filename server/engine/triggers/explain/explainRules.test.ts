import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../../test/inMemoryFiles.ts';
import { createPlainCatalog } from '../../../test/plainCatalog.ts';
import { scriptPatterns } from '../../../test/scriptPatterns.ts';
import { parseRuleDocument } from '../../rules/parseRuleDocument.ts';
import { isLivePath } from '../../rules/rulePaths.ts';
import { explainRulesFor, type RuleExplanation } from './explainRules.ts';
import { placeOf, type Explanation } from './explanation.ts';

const { signal } = new AbortController();
const rulePath = '.cursor/rules/r.mdc';
const generate = 'actions: [{type: generate_tests}]';
const check = 'actions: [{type: validate, conditions: [{pattern: x}]}]';

interface Given {
  /** Of the frontmatter. */
  readonly keys: readonly string[];
  readonly at?: string;
  readonly path?: string;
  readonly live?: boolean;
}

async function explain({ keys, at = rulePath, path = 'src/a.ts', live = isLivePath(at) }: Given): Promise<{
  readonly explanation: RuleExplanation;
  readonly textAt: (explanation: Explanation) => string | undefined;
}> {
  const text = ['---', ...keys, '---', 'Body', ''].join('\n');
  const catalog = createPlainCatalog([parseRuleDocument(at, text)]);
  const files = createInMemoryFiles({ 'src/a.ts': 'let a = 1;\n' });
  const [explanation] = await explainRulesFor({
    catalog,
    live: new Set(live ? [at] : []),
    root: '/w',
    path,
    context: { files, patterns: scriptPatterns },
    signal,
  });
  assert.ok(explanation);
  const textAt = ({ by }: Explanation): string | undefined =>
    by === undefined ? undefined : text.slice(by.span.start, by.span.end);
  return { explanation, textAt };
}

interface Expected {
  readonly applies: Explanation['applies'];
  readonly reason: RegExp;
  /** The characters that decided. */
  readonly by?: string;
  /** undefined: nothing would have to change. */
  readonly change?: RegExp;
}

function assertExplained(
  explanation: Explanation,
  textAt: (each: Explanation) => string | undefined,
  expected: Expected,
): void {
  assert.match(explanation.reason, expected.reason);
  assert.equal(explanation.applies, expected.applies);
  if (expected.by !== undefined) assert.equal(textAt(explanation), expected.by);
  assert.equal(explanation.change === undefined, expected.change === undefined, explanation.change);
  if (expected.change !== undefined) assert.match(explanation.change ?? '', expected.change);
}

const neither: readonly (readonly [title: string, given: Given, expected: Expected])[] = [
  [
    'a draft',
    { keys: ['alwaysApply: true'], at: '.cursor/drafts/d.mdc' },
    { applies: 'no', reason: /a draft/, change: /Promote/ },
  ],
  [
    'a file elsewhere',
    { keys: ['alwaysApply: true'], at: 'docs/d.mdc' },
    { applies: 'no', reason: /no folder whose rules are live/, change: /codegenLab\.rules\.folders/ },
  ],
  [
    'a rule that is switched off',
    { keys: ['enabled: false', 'alwaysApply: true', generate] },
    { applies: 'no', reason: /switched off/, by: 'false', change: /enabled: false/ },
  ],
  [
    'an abstract rule',
    { keys: ['abstract: true', 'globs: "**"', generate] },
    { applies: 'no', reason: /abstract/, by: 'true', change: /extends it/ },
  ],
  [
    'a rule with an error',
    { keys: ['globs: ../x', generate] },
    { applies: 'no', reason: /rule\.bad-glob/, by: '../x', change: /Correct/ },
  ],
  [
    'a rule of another folder',
    { keys: ['alwaysApply: true', 'on: save', generate], at: 'lib/.cursor/rules/r.mdc' },
    { applies: 'no', reason: /only files under `lib`/, change: /folder that holds `src\/a\.ts`/ },
  ],
  [
    'a rule whose globs are others',
    { keys: ['globs: lib/*.py', 'on: save', generate] },
    { applies: 'no', reason: /none of its globs/, by: 'lib/*.py', change: /`\*\*\/\*\.ts`/ },
  ],
  [
    'a bare glob',
    { keys: ['globs: "*.ts"', 'on: save', generate] },
    { applies: 'no', reason: /none of its globs/, change: /Write `\*\*\/\*\.ts` in place of `\*\.ts`/ },
  ],
  [
    'a glob in other letters',
    { keys: ['globs: SRC/*.ts', 'on: save', generate] },
    { applies: 'no', reason: /none of its globs/, change: /capitals/ },
  ],
  [
    'a glob that excludes',
    { keys: ['globs: "src/**,!**/a.*"', 'on: save', generate] },
    {
      applies: 'no',
      reason: /`!\*\*\/a\.\*` excludes `src\/a\.ts`/,
      by: '!**/a.*',
      change: /Remove or narrow/,
    },
  ],
];

describe('explainRulesFor says why nothing of a rule applies:', () => {
  for (const [title, given, expected] of neither) {
    it(title, async () => {
      const { explanation, textAt } = await explain(given);
      assertExplained(explanation.guides, textAt, expected);
      assertExplained(explanation.fires, textAt, expected);
    });
  }
});

const guides: readonly (readonly [title: string, given: Given, expected: Expected])[] = [
  ['Always', { keys: ['alwaysApply: true'] }, { applies: 'yes', reason: /every prompt/, by: 'true' }],
  [
    'Auto Attached',
    { keys: ['globs: src/**'] },
    { applies: 'yes', reason: /`src\/\*\*` matches/, by: 'src/**' },
  ],
  [
    'Auto Attached, only excluding',
    { keys: ['globs: "!lib/**"'] },
    { applies: 'yes', reason: /no glob that limits it/ },
  ],
  [
    'Agent Requested',
    { keys: ['description: How we write'] },
    { applies: 'onRequest', reason: /may ask/, by: 'How we write', change: /alwaysApply: true/ },
  ],
  ['Manual', { keys: ['priority: 3'] }, { applies: 'onRequest', reason: /`context`/, change: /`globs`/ }],
];

describe('explainRulesFor says whether a rule guides:', () => {
  for (const [title, given, expected] of guides) {
    it(title, async () => {
      const { explanation, textAt } = await explain(given);
      assertExplained(explanation.guides, textAt, expected);
    });
  }
});

const fires: readonly (readonly [title: string, given: Given, expected: Expected])[] = [
  [
    'on its events',
    { keys: ['on: [save, create]', 'globs: src/**', generate] },
    { applies: 'yes', reason: /fires on `save`, `create`, and its globs match/, by: '[save, create]' },
  ],
  ['as a check', { keys: [check] }, { applies: 'yes', reason: /checks live/ }],
  ['by hand', { keys: [generate] }, { applies: 'onRequest', reason: /no `on`/, change: /on: save/ }],
  [
    'not without actions',
    { keys: ['on: save'] },
    { applies: 'no', reason: /no actions/, change: /Give it `actions`/ },
  ],
  [
    'not with an unknown action',
    { keys: ['on: save', 'actions: [{type: dance}]'] },
    { applies: 'no', reason: /`dance` is no known type/, by: '{type: dance}', change: /known type: suggest/ },
  ],
  [
    'not through a filter on the path',
    { keys: ['on: save', 'filters: [{type: file_extension, pattern: "\\\\.py$"}]', generate] },
    { applies: 'no', reason: /`file_extension` does not find/, change: /this filter/ },
  ],
  [
    'not through a filter on the text',
    { keys: ['on: save', 'filters: [{type: content, pattern: "class"}]', generate] },
    { applies: 'no', reason: /`content` does not find `class`/, change: /this filter/ },
  ],
  [
    'through a filter on the event, which is for the moment to decide',
    { keys: ['on: save', 'filters: [{type: event, pattern: "file_create"}]', generate] },
    { applies: 'yes', reason: /fires on/ },
  ],
  [
    'not for ignored files',
    { keys: ['on: save', generate], path: 'node_modules/x/a.ts' },
    { applies: 'no', reason: /is ignored/, change: /not ignored/ },
  ],
];

describe('explainRulesFor says whether a rule fires:', () => {
  for (const [title, given, expected] of fires) {
    it(title, async () => {
      const { explanation, textAt } = await explain(given);
      assertExplained(explanation.fires, textAt, expected);
    });
  }

  it('a block by its own filters, while its file guides', async () => {
    const text =
      '---\nalwaysApply: true\n---\n<rule>\nname: b\non: save\nactions:\n  - type: generate_tests\n</rule>\n';
    const catalog = createPlainCatalog([parseRuleDocument(rulePath, text)]);
    const explanations = await explainRulesFor({
      catalog,
      live: new Set([rulePath, `${rulePath}#1`]),
      root: '/w',
      path: 'src/a.ts',
      context: { files: createInMemoryFiles(), patterns: scriptPatterns },
      signal,
    });
    assert.deepEqual(
      explanations.map(({ rule, guides: guiding, fires: firing }) => [
        rule.id,
        guiding.applies,
        firing.applies,
      ]),
      [
        [rulePath, 'yes', 'no'],
        [`${rulePath}#1`, 'no', 'onRequest'],
      ],
    );
  });
});

describe('placeOf', () => {
  it('names the file of a parent, and tells two files apart by what stands there', () => {
    const parent = parseRuleDocument('.cursor/rules/p.mdc', '---\nglobs: src/**\n---\n');
    const other = parseRuleDocument('.cursor/rules/o.mdc', '---\nglobs: lib/**\n---\n');
    const child = parseRuleDocument(rulePath, '---\nextends: [p, o]\n---\n');
    const [glob] = parent.file.globs;
    assert.ok(glob);
    const places = [other, parent].map(({ path }) => ({ ruleId: path, path, span: glob.span }));
    const effective = {
      rule: { ...child.file, globs: [glob] },
      lineage: [rulePath],
      provenance: new Map([['globs', places]]),
      pieces: [],
      problems: [],
      dependencies: new Set<string>(),
    };
    const catalog = createPlainCatalog([parent, other, child], new Map([[rulePath, effective]]));
    const place = placeOf({ catalog, effective }, 'globs', { span: glob.span, text: glob.value });
    assert.deepEqual(place, { path: parent.path, span: glob.span });
    assert.equal(placeOf({ catalog, effective }, 'on', { span: glob.span })?.path, rulePath);
  });
});
