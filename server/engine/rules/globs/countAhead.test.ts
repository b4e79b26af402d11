import assert from 'node:assert/strict';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import { countAhead } from './countAhead.ts';
import { createWorkspacePaths } from './workspacePaths.ts';

describe('countAhead', () => {
  it('counts as the paths themselves do, known globs and others', () => {
    const plain = createWorkspacePaths(['a.ts', 'src/b.ts', 'src/c/d.js', 'sub/src/e.ts', 'sub/f.py']);
    const globs = ['**/*.ts', '*.ts', 'src/**', '!**/*.js', '../x', '{a,b}.ts', 'none'];
    const documents = ['', 'sub/'].map((folder) =>
      parseRuleDocument(
        `${folder}.cursor/rules/a.mdc`,
        `---\nglobs: [${globs.map((glob) => JSON.stringify(glob)).join(', ')}]\n---\n`,
      ),
    );
    const ahead = countAhead(plain, documents);
    for (const scope of ['', 'sub', 'src']) {
      for (const glob of [...globs, '**/*.py', '**'])
        assert.equal(
          ahead.countMatching([glob], scope),
          plain.countMatching([glob], scope),
          `${scope} ${glob}`,
        );
      assert.equal(
        ahead.countMatching(['*.ts', 'src/**'], scope),
        plain.countMatching(['*.ts', 'src/**'], scope),
      );
      for (const each of [globs, [...globs, '**/*.py'], []])
        assert.deepEqual(
          ahead.countEach(each, scope),
          each.map((glob) => plain.countMatching([glob], scope)),
        );
      assert.equal(ahead.countMatching([], scope), plain.countMatching([], scope));
    }
    assert.deepEqual(
      [ahead.all(), ahead.has('a.ts'), ahead.matching(['*.ts'], '', 1)],
      [plain.all(), true, ['a.ts']],
    );
  });
});
