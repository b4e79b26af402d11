import assert from 'node:assert/strict';
import { findSourceLinks } from './sourceLinks.ts';

describe('findSourceLinks', () => {
  const cases: readonly (readonly [text: string, expected: readonly string[]])[] = [
    ['approval: ask  # from .cursor/rules/base.mdc:4\n', ['.cursor/rules/base.mdc:4']],
    ['# from a.mdc:4, my rules/b.mdc:12\nglobs:\n  - x\n', ['a.mdc:4', 'my rules/b.mdc:12']],
    ['<!-- from builtin:tdd:10, a.mdc:9 -->\nText\n', ['builtin:tdd:10', 'a.mdc:9']],
    ['# unit-tests: active\n# inherits: a.mdc\n', []],
    ['Text from a.mdc:4\n', []],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      const links = findSourceLinks(text);
      assert.deepEqual(
        links.map(({ start, end }) => text.slice(start, end)),
        expected,
      );
      assert.deepEqual(
        links.map(({ path, line }) => `${path}:${line}`),
        expected,
      );
    });
  }
});
