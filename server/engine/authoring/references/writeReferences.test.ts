import assert from 'node:assert/strict';
import { createAuthoringFile, takeCursor } from '../../../test/authoringFile.ts';
import { writeReferences } from './writeReferences.ts';

const path = '.cursor/rules/x.mdc';
const rules = {
  '.cursor/rules/base.mdc': 'Base',
  '.cursor/rules/deep/named.mdc': '---\nname: other\n---\nNamed',
  '.cursor/rules/same.mdc': 'One',
  '.cursor/rules/deep/same.mdc': 'Two',
};
const paths = ['src/a.ts', 'src/b [1].ts'];

/** The text before, what is dropped, and the text after; undefined: nothing is written. */
const cases: readonly (readonly [
  marked: string,
  dropped: readonly string[],
  expected: string | undefined,
])[] = [
  ['See <||>', ['src/a.ts'], 'See @src/a.ts'],
  ['See<||>', ['src/a.ts', 'README.md'], 'See @src/a.ts @README.md'],
  ['See (<||>)', ['src/a.ts'], 'See (@src/a.ts)'],
  ['<||>now', ['src/a.ts'], '@src/a.ts now'],
  ['See <||>.', ['src/a.ts'], 'See @src/a.ts.'],
  ['See <||>', ['src/b [1].ts'], 'See [b 1.ts](mdc:src/b%20%5B1%5D.ts)'],
  ['See <||>', ['.cursor/rules/base.mdc'], 'See @base.mdc'],
  ['See <||>', ['.cursor/rules/deep/same.mdc'], 'See @.cursor/rules/deep/same.mdc'],
  ['See <||>', [path], undefined],
  ['See <||>', ['builtin:base'], undefined],
  ['---\nextends: <||>\n---\n', ['.cursor/rules/base.mdc'], '---\nextends: base\n---\n'],
  ['---\nextends:<||>\n---\n', ['.cursor/rules/base.mdc'], '---\nextends: base\n---\n'],
  ['---\nextends: base<||>\n---\n', ['.cursor/rules/deep/named.mdc'], '---\nextends: base, other\n---\n'],
  ['---\nextends: <||>base\n---\n', ['builtin:tdd'], '---\nextends: builtin:tdd, base\n---\n'],
  ['---\nextends: [base<||>]\n---\n', ['builtin:tdd'], '---\nextends: [base, builtin:tdd]\n---\n'],
  ['---\nextends: [a, <||>]\n---\n', ['builtin:tdd'], '---\nextends: [a, builtin:tdd]\n---\n'],
  ['---\nextends: [<||>a]\n---\n', ['builtin:tdd'], '---\nextends: [builtin:tdd, a]\n---\n'],
  ['---\nextends:\n  - <||>\n---\n', ['.cursor/rules/base.mdc'], '---\nextends:\n  - base\n---\n'],
  ['---\nextends: ba<||>se\n---\n', ['builtin:tdd'], undefined],
  ['---\nextends: <||>\n---\n', ['src/a.ts'], undefined],
  ['---\nglobs: <||>\n---\n', ['src/a.ts', 'src/b [1].ts'], '---\nglobs: src/a.ts, src/b [[]1[]].ts\n---\n'],
  ['---\nglobs: <||>\n---\n', ['a,b.ts'], undefined],
  [
    '---\nactions:\n  - type: generate\n    context: [<||>]\n---\n',
    ['src/a.ts'],
    '---\nactions:\n  - type: generate\n    context: [src/a.ts]\n---\n',
  ],
  ['---\ndescription: <||>\n---\n', ['src/a.ts'], undefined],
  ['---<||>\nglobs: a\n---\n', ['src/a.ts'], undefined],
];

describe('what is written where files are dropped', () => {
  for (const [marked, dropped, expected] of cases) {
    it(`${JSON.stringify(marked)} and ${dropped.join(' ')}`, () => {
      const { text, offset } = takeCursor(marked);
      const { document, catalog } = createAuthoringFile(path, text, { rules, paths });
      const written = writeReferences({ document, catalog, offset }, dropped);
      const after = written === undefined ? undefined : text.slice(0, offset) + written + text.slice(offset);
      assert.equal(after, expected);
    });
  }

  it('is relative to the folder that the globs of the rule are relative to', () => {
    const nested = 'pkg/.cursor/rules/y.mdc';
    const { document, catalog } = createAuthoringFile(nested, '---\nglobs: \n---\n');
    const write = (dropped: string): string | undefined =>
      writeReferences({ document, catalog, offset: 11 }, [dropped]);
    assert.equal(write('pkg/src/a.ts'), 'src/a.ts');
    assert.equal(write('src/a.ts'), undefined);
  });
});
