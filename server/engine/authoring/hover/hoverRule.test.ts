import assert from 'node:assert/strict';
import { createAuthoringFile, takeCursor } from '../../../test/authoringFile.ts';
import { hoverRule } from './hoverRule.ts';

const path = '.cursor/rules/x.mdc';
const rules = {
  '.cursor/rules/base.mdc':
    '---\ndescription: Base\non: save\nglobs: src/**/*.ts\nabstract: true\n---\nText\n',
};
const paths = ['README.md', 'src/a.ts', 'src/b.ts', ...Array.from({ length: 7 }, (_, at) => `lib/${at}.py`)];

/** The marked text is what the hover spans; `says` are parts of what it says. */
const cases: readonly (readonly [marked: string, ...says: readonly RegExp[]])[] = [
  [
    '---\n<|glo<||>bs|>: src/**\n---\n',
    /Files that the rule is about/,
    /Matches 2 files now: `src\/a\.ts`, `src\/b\.ts`$/,
  ],
  ['---\nglobs: src/**, <|lib/<||>**|>\n---\n', /Matches 7 files now: `lib\/0\.py`.*, …$/],
  ['---\nglobs:\n  - <|no/<||>**|>\n---\n', /Matches no file now/],
  ['---\nglobs: "<|!lib<||>/**|>"\n---\n', /^Excludes\. Matches 7 files/],
  ['---\non: <|file<||>_save|>\n---\n', /`file_save` is read as `save`: A file is saved/],
  ['---\nfilters:\n  - type: <|con<||>tent|>\n    pattern: a\n---\n', /regular expression on the text/],
  [
    '---\nfilters:\n  - type: content\n    pattern: <|"(?i)^a<||>+"|>\n---\n',
    /Read as the JavaScript pattern `\/\^a\+\/im`/,
    /linear time/,
  ],
  ['---\nfilters:\n  - type: file_name\n    pattern: <|a<||>b|>\n---\n', /`\/ab\/`/, /repeats nothing/],
  ['---\nfilters:\n  - type: event\n    pattern: <|save|cr<||>eate|>\n---\n', /`create`: A file is created/],
  ['---\nfilters:\n  - type: tests\n    pattern: <|re<||>d|>\n---\n', /one of them fails/],
  ['---\nactions:\n  - type: <|enfor<||>ce|>\n---\n', /is read as `validate`: A warning/],
  ['---\nactions:\n  - <|mess<||>age|>: x\n    type: fix\n---\n', /The instruction to the model/],
  [
    '---\nactions:\n  - type: reject\n    conditions:\n      - pattern: <|(?<=a)<||>b*|>\n---\n',
    /in a worker, 50 ms for a file/,
  ],
  [
    '---\nactions:\n  - type: reject\n    conditions:\n      - pattern: <|(<||>b|>\n---\n',
    /cannot be used: it /,
  ],
  ['---\nactions:\n  - type: reject\n    severity: <|hi<||>nt|>\n---\n', /a hint in the editor/],
  [
    '---\nactions:\n  - type: generate\n    target: a/<|{st<||>em}|>.ts\n---\n',
    /The name up to its last dot/,
  ],
  ['---\napproval: <|as<||>k|>\n---\n', /asked before edits land/],
  ['---\nbudget: { <|us<||>d|>: 1 }\n---\n', /US dollars/],
  [
    '<|<||>---|>\nextends: base\n---\n',
    /Auto Attached/,
    /it fires on save/,
    /`on` ← `base\.mdc:3`/,
    /Inherits from `\.cursor\/rules\/base\.mdc`/,
  ],
  ['---\nextends: <|ba<||>se|>\n---\n', /`\.cursor\/rules\/base\.mdc`/, /\*\*Abstract\*\*/],
  ['---\nextends: base\n<|glo<||>bs|>: [$parents, lib/**]\n---\n', /Effective: `base\.mdc:4`, `x\.mdc:3`/],
  ['---\nextends: <|no<||>body|>\n---\n', /Nothing of this name is there/],
  ['See <|@src/<||>a.ts|>\n', /^`src\/a\.ts`$/],
  [
    '<|<ru<||>le>|>\nname: deploy *now*\nfilters:\n  - type: event\n    pattern: save\n</rule>\n',
    /deploy \\\*now\\\*/,
    /fires on save/,
  ],
];

describe('a hover', () => {
  for (const [marked, ...says] of cases) {
    it(JSON.stringify(marked), () => {
      const { text, offset, span } = takeCursor(marked);
      const hover = hoverRule(createAuthoringFile(path, text, { rules, paths }), offset);
      assert.ok(hover, 'nothing is said');
      for (const each of says) assert.match(hover.markdown, each);
      assert.equal(text.slice(hover.span.start, hover.span.end), text.slice(span.start, span.end));
    });
  }

  const silent = [
    '---\ndescription: te<||>xt\n---\n',
    '---\n# com<||>ment\n---\n',
    'Te<||>xt\n',
    '---\nnobo<||>dy: x\n---\n',
    '',
    '---\nmetadata:\n  a: b<||>\n---\n',
  ];
  for (const marked of silent) {
    it(`says nothing of ${JSON.stringify(marked)}`, () => {
      const { text, offset } = takeCursor(marked);
      assert.equal(hoverRule(createAuthoringFile(path, text, { rules, paths }), offset), undefined);
    });
  }

  it('shows text of a rule as text', () => {
    const text = '---\ndescription: "[a](command:x) ![b](http://c) <img>"\n---\n';
    const { markdown } = hoverRule(createAuthoringFile(path, text), 0) ?? { markdown: '' };
    assert.doesNotMatch(markdown, /(?<!\\)\]\(|(?<!\\)<img/);
  });
});
