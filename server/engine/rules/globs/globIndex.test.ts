import assert from 'node:assert/strict';
import picomatch from 'picomatch';
import fc from 'fast-check';
import { compileGlob, matchGlob, splitPath } from './compileGlob.ts';
import { createGlobIndex } from './globIndex.ts';

describe('createGlobIndex', () => {
  const matches = (globs: readonly string[], path: string, scope = ''): boolean => {
    const index = createGlobIndex();
    index.add({ id: 'r', globs, scope });
    return index.match(path).length === 1;
  };

  const cases: readonly (readonly [globs: readonly string[], path: string, expected: boolean])[] = [
    [[], 'any/file.ts', true],
    [['**/*'], 'file.ts', true],
    [['**/*'], '.env', true],
    [['*.ts'], 'a.ts', true],
    [['*.ts'], 'src/a.ts', false],
    [['*.ts'], 'a.TS', false],
    [['/docs/*'], 'docs/a.md', true],
    [['./docs/*'], 'docs/a.md', true],
    [['src/'], 'src/deep/a.ts', true],
    [['src\\app\\*.ts'], 'src/app/a.ts', true],
    [['src/**'], 'src/deep/a.ts', true],
    [['**/test_*.py'], 'test_a.py', true],
    [['**/*.{ts,tsx}'], 'src/a.tsx', true],
    [['{src,lib/**}/*.js'], 'lib/x/y/a.js', true],
    [['file{1..3}.txt'], 'file2.txt', true],
    [['**/*Context.php'], 'features/bootstrap/FeatureContext.php', true],
    [['**/*', '!**/node_modules/**'], 'a/node_modules/b.js', false],
    [['!**/node_modules/**', '**/*.js'], 'a/node_modules/b.js', false],
    [['!**/*.md'], 'a.ts', true],
    [['!**/*.md'], 'a.md', false],
    [['app/(group)/page.tsx'], 'app/(group)/page.tsx', true],
    [['[!a]*.ts'], 'b.ts', true],
    [['a?c.ts'], 'abc.ts', true],
    [['../**'], 'a.ts', false],
    [['**/*.ts', '!../x'], 'a.ts', true],
  ];
  for (const [globs, path, expected] of cases) {
    it(`${JSON.stringify(globs)} ${expected ? 'matches' : 'does not match'} ${path}`, () =>
      assert.equal(matches(globs, path), expected));
  }

  it('reads globs from the rule’s own folder', () => {
    assert.equal(matches(['*.ts'], 'packages/web/a.ts', 'packages/web'), true);
    assert.equal(matches(['*.ts'], 'a.ts', 'packages/web'), false);
    assert.equal(matches([], 'other/a.ts', 'packages/web'), false);
  });

  it('reads a glob that names the rule’s own folder again from the workspace folder', () => {
    assert.equal(matches(['packages/web/*.ts'], 'packages/web/a.ts', 'packages/web'), true);
    assert.equal(matches(['packages/api/*.ts'], 'packages/api/a.ts', 'packages/web'), false);
  });

  it('forgets a rule that is removed or replaced, and nothing else', () => {
    const index = createGlobIndex();
    index.add({ id: 'a', globs: ['**/*.ts'], scope: '' });
    index.add({ id: 'b', globs: ['**/*.ts', 'src/x/*'], scope: '' });
    index.add({ id: 'a', globs: ['**/*.py'], scope: '' });
    assert.deepEqual(index.match('x.ts'), ['b']);
    assert.deepEqual(index.match('x.py'), ['a']);
    index.remove('b');
    index.remove('nobody');
    assert.deepEqual(index.match('x.ts'), []);
    assert.deepEqual(index.match('src/x/y'), []);
  });

  const word = fc.constantFrom('a', 'b', 'ab', 'src', 'x.ts', '.x', 'a.b.ts', 'a-b');
  const piece = fc.oneof(
    { weight: 4, arbitrary: word },
    fc.constantFrom(
      '*',
      '**',
      '*.ts',
      'a*',
      '*b',
      '?',
      'a?',
      '*.*',
      '[ab]',
      '[^ab]*',
      'a*b*',
      '{a,b}',
      '*.{ts,js}',
      'x.{t,j}s',
      '{src,a}*',
      '[a-c]?',
    ),
  );
  const glob = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('/'));
  const path = fc.array(word, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));

  it('agrees with picomatch, alone and in an index with others', () => {
    let pairs = 0;
    fc.assert(
      fc.property(
        fc.array(glob, { minLength: 5, maxLength: 5 }),
        fc.array(path, { minLength: 20, maxLength: 20 }),
        (globs, paths) => {
          const index = createGlobIndex();
          globs.forEach((each, at) => index.add({ id: String(at), globs: [each], scope: '' }));
          const oracles = globs.map((each) =>
            picomatch(each, { dot: true, noextglob: true, nonegate: true }),
          );
          for (const each of paths) {
            const expected = globs.flatMap((_, at) => (oracles[at]?.(each) === true ? [String(at)] : []));
            assert.deepEqual([...index.match(each)].sort(), expected, `${JSON.stringify(globs)} on ${each}`);
            for (const [at, source] of globs.entries()) {
              const compiled = compileGlob(source);
              const alone = compiled.kind === 'compiled' && matchGlob(compiled.glob, splitPath(each));
              assert.equal(alone, expected.includes(String(at)), `${source} on ${each}`);
              pairs += 1;
            }
          }
        },
      ),
      { seed: 7, numRuns: 1000 },
    );
    assert.equal(pairs, 100_000);
  });

  it('agrees with a fresh index after any order of additions and removals', () => {
    const change = fc.record({
      id: fc.constantFrom('1', '2', '3', '4'),
      globs: fc.array(glob, { maxLength: 3 }),
      keep: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 12 }),
        fc.array(path, { maxLength: 10 }),
        (changes, paths) => {
          const lived = createGlobIndex();
          const kept = new Map<string, readonly string[]>();
          for (const { id, globs, keep } of changes) {
            if (keep) lived.add({ id, globs, scope: '' });
            else lived.remove(id);
            if (keep) kept.set(id, globs);
            else kept.delete(id);
          }
          const fresh = createGlobIndex();
          for (const [id, globs] of kept) fresh.add({ id, globs, scope: '' });
          for (const each of paths)
            assert.deepEqual([...lived.match(each)].sort(), [...fresh.match(each)].sort());
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});
