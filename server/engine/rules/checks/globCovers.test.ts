import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileGlob, matchGlob, splitPath, type CompiledGlob } from '../globs/compileGlob.ts';
import { globCovers } from './globCovers.ts';

function compile(source: string): CompiledGlob {
  const result = compileGlob(source);
  if (result.kind === 'refused') throw new Error(`${source} ${result.fault}`);
  return result.glob;
}

describe('globCovers', () => {
  const cases: readonly (readonly [wide: string, narrow: string, covers: boolean])[] = [
    ['**', 'src/a.ts', true],
    ['**/*', 'src/**', true],
    ['**/*.ts', 'src/**/*.ts', true],
    ['**/*.ts', 'src/**/*.d.ts', true],
    ['**/*.ts', 'src/**', false],
    ['src/**', 'src/*/b/c.ts', true],
    ['src/*', 'src/**', false],
    ['src/**/x', 'src/x', true],
    ['*.{ts,tsx}', '*.tsx', true],
    ['*.tsx', '*.{ts,tsx}', false],
    ['**/Makefile', 'Makefile', true],
    ['[ab].ts', '[ab].ts', true],
    ['*.ts', '[ab].ts', true],
    ['[ab].ts', 'a.ts', true],
    ['?.ts', '[ab].ts', false],
    ['a/**/b/**/c', 'a/b/c', true],
    ['a/**/b/**/c', 'a/x/b/y/z/c', true],
    ['a/b', 'a/b/c', false],
  ];
  for (const [wide, narrow, covers] of cases) {
    it(`${wide} ${covers ? 'covers' : 'does not cover'} ${narrow}`, () =>
      assert.equal(globCovers(compile(wide), compile(narrow)), covers));
  }

  it('is right about every path: what the narrow one matches the wide one matches', () => {
    const part = fc.constantFrom('a', 'b', '**', '*', '*.ts', '*.d.ts', '[ab]', '?', 'a*', '{a,b}', '*a*');
    const glob = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const name = fc.constantFrom('a', 'b', 'ab', 'x.ts', 'a.d.ts', '.ts', 'aa');
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
    let covered = 0;
    fc.assert(
      fc.property(glob, glob, fc.array(path, { minLength: 5, maxLength: 20 }), (wide, narrow, paths) => {
        const [left, right] = [compile(wide), compile(narrow)];
        if (!globCovers(left, right)) return;
        covered += 1;
        for (const each of paths.map(splitPath)) {
          if (matchGlob(right, each)) assert.ok(matchGlob(left, each), `${wide} ${narrow} ${each.join('/')}`);
        }
      }),
      { numRuns: 5000 },
    );
    assert.ok(covered > 200, String(covered));
  });
});
