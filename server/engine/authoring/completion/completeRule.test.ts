import assert from 'node:assert/strict';
import { createAuthoringFile, takeCursor } from '../../../test/authoringFile.ts';
import { keyDocs } from '../../rules/vocabulary/keyDocs.ts';
import { maxProposals } from './proposal.ts';
import { completeRule } from './completeRule.ts';

const path = '.cursor/rules/x.mdc';
const rules = {
  '.cursor/rules/base.mdc': '---\ndescription: Base\nabstract: true\n---\n# One\n## Two words\n',
  'docs/parts.md': '# Setup\n\n```\n# No heading\n```\n',
  'docs/style.mdc': '---\nname: house style\n---\n',
};
const bundled = { 'builtin:review': '---\ndescription: Reviews\nabstract: true\n---\n' };
const paths = ['README.md', 'src/a.ts', 'src/b.ts', 'src/app/c.tsx', 'docs/x.md', 'top.ts'];

function complete(marked: string) {
  const { text, offset, span } = takeCursor(marked);
  const file = createAuthoringFile(path, text, { rules: { ...rules, ...bundled }, paths });
  return { text, span, completion: completeRule(file, offset) };
}

/** `has` are labels that are proposed, `not` labels that are not; every proposal replaces what is marked. */
interface Case {
  readonly at: string;
  readonly has: readonly string[];
  readonly not?: readonly string[];
}

const cases: Readonly<Record<string, readonly Case[]>> = {
  'keys of frontmatter': [
    { at: '---\n<|glo|>', has: ['globs', 'on', 'actions'], not: ['examples', 'type'] },
    { at: '---\n<|glo|>\n---\n', has: ['globs'] },
    { at: '---\r\n<|glo|>\r\n---\r\n', has: ['globs'] },
    { at: '\uFEFF---\n<|glo|>', has: ['globs'] },
    { at: '---\n<||>', has: ['globs'] },
    { at: '---\n<||>\n---\nBody.\n', has: ['globs'] },
    { at: '---\ndescription: x\n<|glo|>\n\nBody.\n', has: ['globs'], not: ['description'] },
    { at: '---\nglobs: a\n<||>\n---\n', has: ['on'], not: ['globs'] },
    { at: '---\n<|gl<||>obs|>: a\n---\n', has: ['globs', 'on'] },
    { at: '---\nglobs: [a\n<|on|>\n---\n', has: ['on'] },
    { at: '---\n# only a comment <||>\n---\n', has: [] },
  ],
  'keys below keys': [
    { at: '---\nactions:\n  <||>\n---\n', has: ['- type:'] },
    { at: '---\nactions:\n  - <||>\n---\n', has: ['type', 'message', 'target'], not: ['globs', 'pattern'] },
    { at: '---\nactions:\n  - <|ty|>\n---\n', has: ['type'] },
    { at: '---\nactions:\n- type: run\n  <||>\n---\n', has: ['command'], not: ['type'] },
    { at: '---\nactions:\n  - type: run\n<||>\n---\n', has: ['globs'], not: ['actions', 'command'] },
    { at: '---\nfilters:\n  - type: content\n    <|pat|>', has: ['pattern'], not: ['type'] },
    { at: '---\nfilters:\n  - type: content\n    options: { <|neg|> }\n---\n', has: ['negate', 'flags'] },
    {
      at: '---\nactions:\n  - type: reject\n    conditions:\n      - pattern: x\n        <|mus|>\n---\n',
      has: ['must', 'fix'],
      not: ['pattern', 'type'],
    },
    { at: '---\nactions:\n  - type: reject\n    conditions:\n      <||>\n---\n', has: ['- pattern:'] },
    { at: '---\nbudget: { usd: 1, <||> }\n---\n', has: ['tokens'], not: ['usd'] },
    { at: '---\nbudget: {<||>}\n---\n', has: ['usd'] },
    { at: '---\nmetadata:\n  <||>\n---\n', has: [], not: ['globs'] },
  ],
  'keys of blocks': [
    { at: '<rule>\n<|fil|>\n</rule>\n', has: ['filters', 'examples'], not: ['globs', 'extends'] },
    { at: 'Text.\n<rule>\n<|fil|>', has: ['filters'] },
    { at: '<rule>\nfilters:\n  - <||>\n</rule>\n', has: ['type'] },
  ],
  values: [
    { at: '---\nalwaysApply: <||>\nglobs: x\n---\n', has: ['true', 'false'] },
    { at: '---\nalwaysApply: <|tr<||>ue|>\n---\n', has: ['true', 'false'] },
    { at: '---\napproval: <|"pre|>', has: [] },
    { at: '---\napproval: "<|pre|>"\n---\n', has: ['preview'] },
    { at: '---\non: <||>\n---\n', has: ['save', 'model-write'] },
    { at: '---\non: save, <||>\n---\n', has: ['create'] },
    { at: '---\non: [save, <|cre|>]\n---\n', has: ['create'] },
    { at: '---\non:\n  - <|sa|>\n---\n', has: ['save'] },
    { at: '---\norigin: [user, <||>]\n---\n', has: ['disk'] },
    { at: '---\nskip: <||>', has: ['trivial'] },
    { at: '---\ndescription: x<||>\n---\n', has: [] },
    { at: '---\nactions:\n  - type: <||>', has: ['generate_tests', 'reject'] },
    { at: '---\nactions:\n  - {type: <||>}\n---\n', has: ['generate_tests'] },
    { at: '---\nfilters:\n  - type: <|con|>\n    pattern: x\n---\n', has: ['content'] },
    { at: '<rule>\nfilters:\n  - type: <|con|>\n</rule>', has: ['content'] },
    { at: '---\nfilters:\n  - type: event\n    pattern: save|<|cr|>\n---\n', has: ['create'] },
    { at: '---\nfilters:\n  - type: language\n    pattern: <|py|>\n---\n', has: ['python'] },
    { at: '---\nfilters:\n  - pattern: <||>\n    type: tests\n---\n', has: ['red', 'green'] },
    { at: '---\nactions:\n  - type: reject\n    severity: <||>\n---\n', has: ['error', 'hint'] },
    {
      at: '---\nactions:\n  - id: first\n    type: run\n  - id: second\n    type: run\n    needs: [<||>]\n---\n',
      has: ['first'],
      not: ['second'],
    },
  ],
  globs: [
    { at: '---\nglobs: <||>\n---\n', has: ['**/*.ts', 'src/**', 'docs/**'] },
    { at: '---\nglobs: <||>', has: ['**/*.ts'] },
    { at: '---\nglobs: a.js, <|s|>\n---\n', has: ['src/**'] },
    { at: '---\nglobs: <|src/|>\n---\n', has: ['src/**/*.ts', 'src/**', 'src/app/**'], not: ['src/docs/**'] },
    { at: '---\nglobs: <|!src/|>\n---\n', has: ['!src/**'] },
    { at: '---\nglobs: <|**/|>\n---\n', has: ['**/*.ts'] },
    { at: '---\nglobs: "<|**/|>"\n---\n', has: ['**/*.ts'] },
    { at: '---\nglobs: {a,b}/x, <|do|>\n---\n', has: ['docs/**'] },
    { at: '---\nglobs:\n  - <||>\n---\n', has: ['**/*.ts'] },
    { at: '---\nglobs:\n  <||>\n---\n', has: ['**/*.ts'] },
    { at: '---\nfilters:\n  - type: glob\n    pattern: <|src/|>\n---\n', has: ['src/**'] },
  ],
  references: [
    { at: '---\nextends: <||>\n---\n', has: ['base', './base.mdc', 'house style', '../../docs/style.mdc'] },
    { at: '---\nextends: [base, <|./|>]\n---\n', has: ['./base.mdc', 'builtin:review'] },
    { at: 'See @<|src/a|> for more.\n', has: ['src/a.ts', 'src/app/c.tsx'], not: ['README.md'] },
    { at: 'See @<||>', has: ['base', 'README.md'], not: ['include', 'house style'] },
    { at: '@<|inc|>', has: ['include'] },
    { at: '@include <||>', has: ['./base.mdc', '../../docs/x.md'], not: ['../../src/a.ts'] },
    { at: '@include ./base.mdc#<|Tw|>', has: ['Two words'] },
    { at: '@include ../../docs/parts.md#<||>', has: ['Setup'], not: ['No heading'] },
    { at: '[x](mdc:<|docs/|>)', has: ['docs/x.md', 'docs/style.mdc'] },
    { at: '```\n@<|src|>\n```\n', has: [], not: ['src/a.ts'] },
    { at: '---\nactions:\n  - type: generate\n    context: [@<|src/|>]\n---\n', has: ['src/a.ts'] },
    { at: 'mail me@<|src|>', has: [], not: ['src/a.ts'] },
  ],
  'template variables': [
    { at: '---\nactions:\n  - type: generate\n    target: test/<|{st|>', has: ['{stem}'] },
    { at: '---\nactions:\n  - type: generate\n    target: "test/<|{st<||>em}|>.ts"\n---\n', has: ['{stem}'] },
    { at: '---\nactions:\n  - type: generate\n    message: |\n      See <|{fi|>\n---\n', has: ['{file}'] },
    { at: '---\nfilters:\n  - type: exists\n    pattern: <|{d|>\n---\n', has: ['{dir}'] },
    { at: '<rule>\nactions:\n  - type: generate\n    message: {f<||>\n</rule>', has: [], not: ['{file}'] },
  ],
  'parts of a file': [
    { at: '<||>', has: ['---', '<rule>'] },
    { at: '---\nglobs: a\n---\nText.\n<|<ru|>', has: ['<rule>'], not: ['---'] },
  ],
};

describe('completion in rule files', () => {
  for (const [title, group] of Object.entries(cases)) {
    for (const { at, has, not = [] } of group) {
      it(`${title}: ${JSON.stringify(at)}`, () => {
        const { completion, span } = complete(at);
        const labels = completion.proposals.map(({ label }) => label);
        for (const label of has)
          assert.ok(labels.includes(label), `${label} is not among ${labels.join(', ')}`);
        for (const label of not) assert.ok(!labels.includes(label), `${label} is among them`);
        if (has.length === 0) return;
        for (const proposal of completion.proposals) assert.deepEqual(proposal.span, span, proposal.label);
      });
    }
  }

  it('explains every key, and brings what usually follows it', () => {
    const { proposals } = complete('---\n<||>\n---\n').completion;
    assert.deepEqual(
      proposals.map(({ label }) => label),
      Object.keys(keyDocs),
    );
    for (const { documentation } of proposals) assert.ok(documentation);
    assert.equal(
      proposals.find(({ label }) => label === 'actions')?.snippet,
      'actions:\n  - type: $1\n    message: $2',
    );
  });

  it('indents what follows a type as the line above it is', () => {
    const { proposals } = complete('---\nactions:\n  - type: <||>\n---\n').completion;
    const reject = proposals.find(({ label }) => label === 'reject');
    assert.equal(reject?.snippet, 'reject\n    conditions:\n      - pattern: $1\n        message: $2');
  });

  it('writes only the key where a colon follows', () => {
    const { proposals } = complete('---\n<|gl<||>obs|>: a\n---\n').completion;
    assert.equal(proposals.find(({ label }) => label === 'globs')?.snippet, 'globs');
  });

  it('is bounded, and says so', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => `src/file${at}.ts`);
    const file = createAuthoringFile(path, 'See @src', { paths: many });
    const { proposals, isIncomplete } = completeRule(file, 8);
    assert.deepEqual([proposals.length, isIncomplete], [maxProposals, true]);
  });

  it('is relative to the folder of a nested rule', () => {
    const { text, offset } = takeCursor('---\nglobs: <||>\n---\n');
    const file = createAuthoringFile('app/.cursor/rules/x.mdc', text, {
      paths: ['app/src/a.py', 'lib/b.rs'],
    });
    const labels = completeRule(file, offset).proposals.map(({ label }) => label);
    assert.deepEqual(labels, ['**/*.mdc', '**/*.py', '.cursor/**', 'src/**']);
  });
});
