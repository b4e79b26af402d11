import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse as parseYaml, stringify } from 'yaml';
import { readSimpleYaml } from './readSimpleYaml.ts';
import { toPlain } from './readYaml.ts';
import type { YamlValue } from './yamlValue.ts';

const read = (source: string): YamlValue | undefined => readSimpleYaml(source, (offset) => offset);

/** Every text by itself says the same, read again from its range. */
function assertPlaces(source: string, value: YamlValue): void {
  const written = source.slice(value.span.start, value.span.end);
  switch (value.kind) {
    case 'scalar': {
      const again: unknown = parseYaml(`a: ${written}\n`);
      assert.equal((again as { readonly a: unknown }).a, value.value, written);
      return;
    }
    case 'list':
      for (const item of value.items) assertPlaces(source, item);
      return;
    case 'map':
      for (const entry of value.entries) {
        assert.equal(source.slice(entry.keySpan.start, entry.keySpan.end), entry.key);
        assertPlaces(source, entry.value);
      }
  }
}

describe('readSimpleYaml', () => {
  const simple: readonly (readonly [source: string, value: unknown])[] = [
    ['a: b\n', { a: 'b' }],
    ['a: b', { a: 'b' }],
    ["a: \"b: #\\n\\\\d\"\nc: 'it''s'\n", { a: 'b: #\n\\d', c: "it's" }],
    ['- a: b\n  c: d\n- e: f\n', [{ a: 'b', c: 'd' }, { e: 'f' }]],
    ['- one\n- two words\n', ['one', 'two words']],
    ['a:\n  - b\n  - c\n', { a: ['b', 'c'] }],
    ['a:\n- b\nc: d\n', { a: ['b'], c: 'd' }],
    ['-   a: b\n    c: d\n', [{ a: 'b', c: 'd' }]],
    ['a: |\n  one\n\n  two\n\nb: c\n', { a: 'one\n\ntwo\n', b: 'c' }],
    ['# note\na: b\n\n  # more\nc: d\n', { a: 'b', c: 'd' }],
    ['a: b\r\nc: |\r\n  d\r\n', { a: 'b', c: 'd\n' }],
    ['a:\n  b:\n    - c: d\n      e:\n        - f\n', { a: { b: [{ c: 'd', e: ['f'] }] } }],
    ['a: nullable\nb: true story\n', { a: 'nullable', b: 'true story' }],
    ['a: 1\nb: 1.0\nc: 1.2.3\nd: 120.25\n', { a: 1, b: 1, c: '1.2.3', d: 120.25 }],
    ['a: true\nb: false\nc: True story\n', { a: true, b: false, c: 'True story' }],
    ['a: [b]\nc: [ d e , "f, g", \'h\', 1 ,true]\n', { a: ['b'], c: ['d e', 'f, g', 'h', 1, true] }],
    ['- [a-b, c/d.e]\n- f\n', [['a-b', 'c/d.e'], 'f']],
  ];
  for (const [source, value] of simple) {
    it(`reads ${JSON.stringify(source)} as YAML`, () => {
      const found = read(source);
      assert.ok(found);
      assert.deepEqual([toPlain(found), parseYaml(source)], [value, value]);
      assertPlaces(source, found);
    });
  }

  const left: readonly string[] = [
    ...[
      '',
      '\n',
      '# only a note\n',
      'a:\n',
      'a: -1\n',
      'a: 01\n',
      'a: 1e3\n',
      'a: 0x1\n',
      'a: True\n',
      'a: 2024-01-01\n',
      'a: ~\n',
      'a: []\n',
      'a: [b,]\n',
      'a: [b, null]\n',
      'a: [b: c]\n',
      'a: [b\n',
      'a: [b] c\n',
      'a: [b]] \n',
      'a: [b,\n c]\n',
      'a: [*b]\n',
      'a: {b: c}\n',
      'a: *b\n',
      'a: &b c\n',
    ],
    ...[
      'a: !!str b\n',
      'a: >\n  b\n',
      'a: |2\n   b\n',
      'a: |+\n  b\n',
      'a: "b" # c\n',
      'a: b # c\n',
      'a: b: c\n',
      'a: "b" c\n',
    ],
    ...[
      'a: "b\n  c"\n',
      'a: b\n  c\n',
      'a: b\n    c: d\n',
      '- a: b\n   c: d\n',
      '- - a\n',
      '-\n  a: b\n',
      'a: "\\d"\n',
      'a: "\\x41"\n',
    ],
    ...[
      '? a\n: b\n',
      '"a": b\n',
      'a.b: c\n',
      'null: b\n',
      '\ta: b\n',
      'a: b\tc\n',
      'a: b\rc: d\n',
      '  a: b\nc: d\n',
      'a: b\n- c\n',
    ],
    ...[
      'a:\n  b\n',
      'a: @b\n',
      'a: `b`\n',
      'a: %b\n',
      'a: - b\n',
      'a: .5\n',
      'a: b:\n',
      '---\na: b\n',
      'a: b\n...\n',
      '- a\nb: c\n',
    ],
  ];
  for (const source of left)
    it(`leaves ${JSON.stringify(source)} to the parser`, () => assert.equal(read(source), undefined));

  it('reads whatever it reads as YAML, however a writer of YAML puts it', () => {
    const word = fc.constantFrom(
      ...[
        'a',
        'two words',
        'a: b',
        "it's",
        '"q"',
        '- x',
        '# no',
        'a #b',
        '**/*.ts',
        '\\d+\\.py$',
        '(?i)x',
        '^a$',
        '/x/',
      ],
      ...[
        '[x]',
        '%',
        '@x',
        'é',
        '日本',
        'true',
        '1.0',
        '~',
        'null',
        'one\ntwo\n',
        'one\n\ntwo',
        ' padded ',
        '|',
        'a:',
        '$1',
        'b  c',
      ],
      ...['1.2.3', '007', '2024-01-01', '1_000', '0o7', '1e3', '.5', '-', 1, 0, 1.5, -1, 1e21, true, false],
    );
    const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        word,
        fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'type', 'file_name'), tie('value'), {
          minKeys: 1,
          maxKeys: 3,
        }),
      ),
    })).value;
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 40),
      singleQuote: fc.boolean(),
      defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'BLOCK_LITERAL' as const),
    });
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 3 }),
        style,
        fc.boolean(),
        (...[data, options, damaged]) => {
          const whole = stringify(data, options);
          const source = damaged ? whole.replace('\n  ', '\n ') : whole;
          const simpleValue = read(source);
          if (simpleValue === undefined) return;
          found += 1;
          assert.deepEqual(toPlain(simpleValue), parseYaml(source), source);
          assertPlaces(source, simpleValue);
        },
      ),
      { numRuns: 1500 },
    );
    assert.ok(found > 200, String(found));
  });

  it('reads lists in brackets as YAML does, or leaves them', () => {
    const part = fc.constantFrom(
      ...[
        'a',
        'a b',
        'a-b',
        '1',
        '1.0',
        '1.2.3',
        '01',
        '-1',
        '.',
        '-',
        '- a',
        'null',
        '~',
        'true',
        'True',
        '"x, y"',
      ],
      ...[
        "'it''s'",
        '"\\\\d"',
        '"\\d"',
        'a: b',
        'a:b',
        '*a',
        '&a b',
        '#',
        ' ',
        '',
        '[b]',
        'a/b.c',
        '_',
        'b"',
        "'c",
        '?',
        '|',
      ],
    );
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 4 }),
        fc.constantFrom(',', ', ', ' , '),
        fc.constantFrom('', ' ', ' x', ']', ' # c'),
        (parts, comma, end) => {
          const source = `a: [${parts.join(comma)}]${end}\nb: c\n`;
          const value = read(source);
          if (value === undefined) return;
          found += 1;
          assert.deepEqual(toPlain(value), parseYaml(source), source);
          assertPlaces(source, value);
        },
      ),
      { numRuns: 3000 },
    );
    assert.ok(found > 100, `only ${found} were read`);
  });
});
