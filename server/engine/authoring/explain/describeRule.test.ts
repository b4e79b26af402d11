import assert from 'node:assert/strict';
import { createAuthoringFile } from '../../../test/authoringFile.ts';
import { describeRule } from './describeRule.ts';

const path = '.cursor/rules/x.mdc';
const base =
  '---\ndescription: What tests share\nabstract: true\napproval: ask\nbudget: { usd: 0.2, attempts: 1 }\n---\nSmall tests.\n';
const rules = {
  '.cursor/rules/base.mdc': base,
  'pkg/.cursor/rules/y.mdc': '---\nglobs: src/**\n---\nText\n',
};
const paths = ['src/a.ts', 'src/b.ts', 'pkg/src/c.ts'];

function describeText(text: string, inactiveReason?: string): string {
  const { catalog, workspace } = createAuthoringFile(path, text, { rules, paths });
  return describeRule({ catalog, workspace, inactiveReason }, path) ?? '';
}

/** What the Markdown of a rule file holds. */
const cases: readonly (readonly [title: string, text: string, ...says: readonly RegExp[]])[] = [
  [
    'what it is, with words that are no Markdown',
    '---\ndescription: Look *here*\nalwaysApply: true\n---\nOne two three.\n',
    /^# x\n\nLook \\\*here\\\*\n\n\*\*Always\*\*: its text goes into every prompt\.\n\n## What it does/,
    /- Its text of 3 words guides models\.\n/,
  ],
  [
    'files that it is about, and those that it leaves out',
    '---\nglobs: [src/**, "!src/b.ts"]\n---\nText\n',
    /- A file matches `src\/\*\*`, and not `src\/b\.ts`\.\n/,
    /## Files\n\nMatches 1 file now: `src\/a\.ts`\n/,
  ],
  [
    'events and filters',
    '---\non: [save, create]\nskip: trivial\norigin: user\nfilters:\n  - {type: content, pattern: a}\n  - {type: content, pattern: b}\n  - {type: file_name, pattern: c, options: {negate: true}}\n---\n',
    /- `save`: A file is saved\.\n- `create`: A file is created\./,
    /- Only what came from you\./,
    /white space and comments alone do not count/,
    /- `content` holds `a` or `b`: A regular expression on the text of the file\./,
    /- `file_name` does not hold `c`: /,
    /It has no `actions`, so nothing happens on its events\./,
  ],
  [
    'checks: what is looked for, and what is missed',
    '---\nactions:\n  - type: reject\n    conditions:\n      - pattern: debugger\n        negative_pattern: ok\n        message: No leftovers.\n      - pattern: license\n        must: present\n        message: Add one.\n---\n',
    /- `reject`: An error at each match\./,
    /  - Where `debugger` is found in the text, and `ok` is not in the same line: No leftovers\.\n/,
    /  - Where `license` is missing in the text: Add one\.\n/,
  ],
  [
    'what it inherits, and from where',
    '---\nextends: base\nglobs: src/**\n---\nMine.\n',
    /## What it inherits\n\n1\. `\.cursor\/rules\/base\.mdc`: What tests share\n\n/,
    /- `approval` from `\.cursor\/rules\/base\.mdc:4`\n/,
    /- Approval `ask`: You are asked before edits land\./,
    /- A run may take 0\.2 US dollars, 1 attempt; your own limits/,
  ],
  [
    'what is wrong with it, by line',
    '---\ndescriptoin: Wrong\n---\nText\n',
    /## Problems\n\n- warning in line 2: .*descriptoin.* \(`rule\.unknown-key`\)\n/,
  ],
  [
    'an action that is not known',
    '---\nactions: [{type: dance}]\n---\n',
    /- `dance`: This action is not known/,
  ],
];

describe('an explanation of a rule', () => {
  for (const [title, text, ...says] of cases) {
    it(`says ${title}`, () => {
      for (const each of says) assert.match(describeText(text), each);
    });
  }

  it('says why it does not act: what is told of its place, else what the rule itself says', () => {
    assert.match(
      describeText('---\nalwaysApply: true\n---\nx\n', 'it is a draft'),
      /\*\*Not active\*\*, because it is a draft\./,
    );
    assert.match(
      describeText('---\nenabled: false\nalwaysApply: true\n---\nx\n'),
      /\*\*Not active\*\*, because /,
    );
    assert.doesNotMatch(describeText('---\nalwaysApply: true\n---\nx\n'), /Not active/);
  });

  it('knows the folder that the globs of a rule are relative to', () => {
    const { catalog, workspace } = createAuthoringFile(path, '', { rules, paths });
    const text = describeRule({ catalog, workspace }, 'pkg/.cursor/rules/y.mdc') ?? '';
    assert.match(
      text,
      /A file matches `src\/\*\*` below `pkg\/`\.[^]*Matches 1 file below `pkg\/` now: `pkg\/src\/c\.ts`/,
    );
  });

  it('tells problems of a block apart from those of its file', () => {
    const text =
      '---\ncolor: red\n---\nText\n\n<rule>\nname: b\nshape: round\nactions:\n  - type: suggest\n    message: x\n</rule>\n';
    const { catalog, workspace } = createAuthoringFile(path, text, { rules, paths });
    const problems = (id: string): string =>
      describeRule({ catalog, workspace }, id)?.split('## Problems')[1] ?? '';
    assert.match(problems(path), /color/);
    assert.doesNotMatch(problems(path), /shape/);
    assert.match(problems(`${path}#1`), /shape/);
    assert.doesNotMatch(problems(`${path}#1`), /color/);
  });

  it('is not there for a rule that is not there', () => {
    const { catalog, workspace } = createAuthoringFile(path, '');
    assert.equal(describeRule({ catalog, workspace }, 'nobody.mdc'), undefined);
  });
});
