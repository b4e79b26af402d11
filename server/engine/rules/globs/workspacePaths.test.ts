import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createGlobIndex } from './globIndex.ts';
import { createWorkspacePaths } from './workspacePaths.ts';

const files = [
  '.env',
  'README.md',
  'packages/api/src/user.ts',
  'packages/web/index.ts',
  'packages/web/src/a.test.ts',
  'packages/web/src/a.ts',
  'src/b.py',
];

describe('createWorkspacePaths', () => {
  const cases: readonly (readonly [globs: readonly string[], scope: string, expected: readonly string[]])[] =
    [
      [[], '', files],
      [[], 'packages/api', ['packages/api/src/user.ts']],
      [
        ['**/*.ts'],
        'packages/web',
        ['packages/web/index.ts', 'packages/web/src/a.test.ts', 'packages/web/src/a.ts'],
      ],
      [['**/*.ts', '!**/*.test.ts'], 'packages/web', ['packages/web/index.ts', 'packages/web/src/a.ts']],
      [['packages/web/*.ts'], 'packages/web', ['packages/web/index.ts']],
      [['*'], '', ['.env', 'README.md']],
      [['src/**', '**/*.py'], '', ['src/b.py']],
      [['nowhere/**'], '', []],
      [['../**'], '', []],
    ];
  for (const [globs, scope, expected] of cases) {
    it(`finds the files of ${JSON.stringify(globs)} in “${scope}”`, () => {
      const paths = createWorkspacePaths(files);
      assert.deepEqual(paths.matching(globs, scope, 100), expected);
      assert.equal(paths.countMatching(globs, scope), expected.length);
    });
  }

  it('gives the first ones of many', () => {
    assert.deepEqual(createWorkspacePaths(files.toReversed()).matching([], '', 2), ['.env', 'README.md']);
  });

  it('follows what comes and goes, files and folders', () => {
    const paths = createWorkspacePaths(files);
    assert.equal(paths.countMatching(['**/*.ts'], ''), 4);
    paths.add('packages/new/c.ts');
    paths.add('packages/new/c.ts');
    assert.equal(paths.countMatching(['**/*.ts'], ''), 5);
    assert.equal(paths.has('packages/new/c.ts'), true);
    paths.remove('packages/web');
    paths.remove('packages/web');
    paths.remove('nowhere/at/all');
    assert.equal(paths.countMatching(['**/*.ts'], ''), 2);
    assert.equal(paths.has('packages/web/index.ts'), false);
    assert.deepEqual(paths.all(), [
      '.env',
      'README.md',
      'packages/api/src/user.ts',
      'packages/new/c.ts',
      'src/b.py',
    ]);
  });

  const name = fc.constantFrom('a', 'b', 'src', 'x.ts', 'y.py', '.env');
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
  const glob = fc
    .array(fc.constantFrom('**', '*', '*.ts', 'src', 'a', '!b', '{a,b}', '?', '[ab]'), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.join('/'));
  const change = fc.record({ path, kind: fc.constantFrom('add', 'remove', 'count') });

  it('counts many globs at once as it counts one, and goes on following them', () => {
    fc.assert(
      fc.property(
        fc.array(path),
        fc.array(glob, { maxLength: 30 }),
        fc.array(change),
        (first, globs, changes) => {
          const paths = createWorkspacePaths(first);
          const known = globs.slice(0, 3).map((each) => paths.countMatching([each], 'src'));
          assert.deepEqual(paths.countEach(globs, 'src').slice(0, 3), known);
          for (const { kind, path: each } of changes) if (kind === 'add') paths.add(each);
          for (const { kind, path: each } of changes) if (kind === 'remove') paths.remove(each);
          const fresh = createWorkspacePaths(paths.all());
          const expected = globs.map((each) => fresh.countMatching([each], 'src'));
          assert.deepEqual(paths.countEach(globs, 'src'), expected);
          assert.deepEqual(createWorkspacePaths(paths.all()).countEach(globs, 'src'), expected);
        },
      ),
    );
  });

  it('agrees with the index of rules, after any changes', () => {
    fc.assert(
      fc.property(
        fc.array(path),
        fc.array(glob, { maxLength: 3 }),
        fc.array(change),
        (first, globs, changes) => {
          const scope = 'src';
          const paths = createWorkspacePaths(first);
          for (const { kind, path: each } of changes) {
            if (kind === 'add') paths.add(each);
            else if (kind === 'remove') paths.remove(each);
            else paths.countMatching(globs, scope);
          }
          const index = createGlobIndex();
          index.add({ id: 'rule', globs, scope });
          const expected = paths.all().filter((each) => index.match(each).length > 0);
          assert.equal(paths.countMatching(globs, scope), expected.length);
          assert.deepEqual(paths.matching(globs, scope, 1000), expected);
        },
      ),
    );
  });
});
