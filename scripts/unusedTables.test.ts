import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyTables } from './unusedTables.ts';

const build = join(import.meta.dirname, '..', 'node_modules/re2js/build/index.js');

interface Engine {
  readonly RE2JS: {
    readonly CASE_INSENSITIVE: number;
    compile(pattern: string, flags?: number): { matcher(text: string): { find(): boolean } };
  };
}

describe('the tables that are left out of re2js', () => {
  const source = readFileSync(build, 'utf8');
  const emptied = emptyTables(source);
  let engine: Engine;

  before(async () => {
    engine = (await import(`data:text/javascript,${encodeURIComponent(emptied)}`)) as Engine;
  });

  it('are a good part of it', () => assert.ok(emptied.length < source.length * 0.85));

  const cases: readonly (readonly [pattern: string, text: string, isFound: boolean])[] = [
    ['straße', 'STRASSE', false],
    ['ÄRGER', 'ärger', true],
    ['k', '\u212A', true],
    ['[α-ω]+', 'ΣΊΣΥΦΟΣ', true],
    ['\\w+\\s\\d', 'a 1', true],
    ['[[:alpha:]]', '1', false],
    ['\\bfoo\\b', 'a foo b', true],
  ];
  for (const [pattern, text, isFound] of cases) {
    it(`are not needed to look for ${pattern} without regard to case`, () => {
      const { RE2JS } = engine;
      assert.equal(RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE).matcher(text).find(), isFound);
    });
  }

  it('are missed when the library is built in another way', () => {
    assert.throws(() => emptyTables('export {}'), /no table CATEGORIES/);
  });
});
