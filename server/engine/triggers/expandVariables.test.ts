import assert from 'node:assert/strict';
import { expandPath, expandVariables, pathVariables } from './expandVariables.ts';

describe('expandPath', () => {
  const cases: readonly (readonly [template: string, path: string, expected: string])[] = [
    ['{file}', 'src/a/x.test.ts', 'src/a/x.test.ts'],
    ['{dir}/{stem}.schema.{ext}', 'src/a/x.test.ts', 'src/a/x.test.schema.ts'],
    ['{dir}/{stem}.schema.ts', 'x.ts', 'x.schema.ts'],
    ['tests/test_{stem}.py', 'src/app.py', 'tests/test_app.py'],
    ['{stem}.{ext}', 'Makefile', 'Makefile.'],
    ['{stem}', 'a/.env', '.env'],
    ['./a//{stem}', 'b.ts', 'a/b'],
    ['{dir}/../x', 'a/b.ts', 'a/../x'],
    ['{nothing}/{Stem}', 'a.ts', '{nothing}/{Stem}'],
    ['{constructor}', 'a.ts', '{constructor}'],
  ];
  for (const [template, path, expected] of cases) {
    it(`${template} for ${path} is ${expected}`, () => assert.equal(expandPath(template, path), expected));
  }
});

describe('expandVariables', () => {
  it('replaces each variable once: what a value holds is text', () => {
    assert.equal(expandVariables('{file} {dir}', pathVariables('{dir}/x.ts')), '{dir}/x.ts {dir}');
  });

  it('takes other variables too', () => {
    assert.equal(expandVariables('{problems} {diff}', { problems: 'none' }), 'none {diff}');
  });
});
