import assert from 'node:assert/strict';
import { applyTextEdits } from '../../rules/editing/applyTextEdits.ts';
import { createTextCatalog } from '../../../test/textCatalog.ts';
import { renameReference } from './renameReference.ts';

const child = '.cursor/rules/child.mdc';
const base = '.cursor/rules/base.mdc';
const written: readonly string[] = [
  '---\nextends: basis # one\nglobs: a\n---\n',
  '---\nextends: [basis, ./other.mdc]\nglobs: a\n---\n',
  '---\nextends: ["basis"]\nglobs: a\n---\n',
  "---\nextends:\n  - 'basis'\nglobs: a\n---\n",
  '---\nglobs: a\nactions:\n  - type: generate_tests\n    context: ["@basis", src/**]\n---\n',
  '---\nglobs: a\n---\nSee @basis now.\n',
];
const names = [
  'plain',
  'two words',
  'a: b',
  'a, b',
  'a]b',
  'say "it"',
  "it's",
  '# odd',
  'on',
  'ünder',
  '@at',
  '-x',
];

describe('a reference to a rule that gets another name', () => {
  for (const text of written) {
    for (const name of names) {
      it(`names it still: ${JSON.stringify(text)} as ${JSON.stringify(name)}`, () => {
        const files = { [base]: '---\nname: basis\n---\n', '.cursor/rules/other.mdc': '', [child]: text };
        const before = createTextCatalog(files);
        const [referrer, ...others] = before.referrers(base);
        assert.ok(referrer !== undefined && others.length === 0);
        const edit = renameReference(text, referrer.reference, { name, path: base, from: child });
        const after = createTextCatalog({
          ...files,
          [base]: `---\nname: ${JSON.stringify(name)}\n---\n`,
          [child]: applyTextEdits(text, [edit]),
        });
        assert.deepEqual(
          after.referrers(base).map(({ path }) => path),
          [child],
          after.document(child)?.text,
        );
        assert.equal(after.document(child)?.file.active, true);
      });
    }
  }
});
