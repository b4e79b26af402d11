import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLineMap } from './lineMap.ts';

describe('createLineMap', () => {
  const cases: readonly (readonly [title: string, text: string, lineStarts: readonly number[]])[] = [
    ['an empty text has one line', '', [0]],
    ['\\n ends a line', 'a\nb', [0, 2]],
    ['\\r\\n is one line end', 'a\r\nb', [0, 3]],
    ['a lone \\r ends a line', 'a\rb\r', [0, 2, 4]],
    ['\\n\\r is two line ends', 'a\n\rb', [0, 2, 3]],
    ['a final newline starts an empty line', 'a\n', [0, 2]],
  ];
  for (const [title, text, starts] of cases) {
    it(title, () => {
      const map = createLineMap(text);
      assert.equal(map.lineCount, starts.length);
      assert.deepEqual(
        starts.map((start) => map.positionAt(start)),
        starts.map((_, line) => ({ line, character: 0 })),
      );
    });
  }

  it('counts columns in UTF-16 units', () => {
    const text = 'a😀b\n';
    assert.deepEqual(createLineMap(text).positionAt(text.indexOf('b')), { line: 0, character: 3 });
  });

  it('puts a column beyond the line at its end, before the break', () => {
    const map = createLineMap('ab\r\ncd');
    assert.equal(map.offsetAt({ line: 0, character: 99 }), 2);
    assert.equal(map.offsetAt({ line: 9, character: 0 }), 6);
    assert.equal(map.offsetAt({ line: -1, character: 5 }), 0);
    assert.deepEqual(map.lineSpan(0), { start: 0, end: 2 });
  });

  it('returns to the same offset for every offset that is not inside a line break', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '😀', 'é'), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(40), (value, wish) => {
        const offset = Math.min(wish, value.length);
        if (value[offset - 1] === '\r' && value[offset] === '\n') return;
        const map = createLineMap(value);
        assert.equal(map.offsetAt(map.positionAt(offset)), offset);
      }),
    );
  });
});
