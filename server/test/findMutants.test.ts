import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { sha256 } from '../adapters/sha256.ts';
import { GrammarParser } from '../adapters/syntax/grammarParser.ts';
import { createSyntax } from '../adapters/syntax/createSyntax.ts';
import type { Mutant } from '../protocol/mutants.ts';
import { applyMutant } from '../engine/testing/mutation/applyMutant.ts';
import { findMutants } from '../engine/testing/mutation/findMutants.ts';

const never = new AbortController().signal;
const fixtures = new URL('../../test-fixtures/packages/', import.meta.url);

/** What stands between « and » is what is changed, and each of the texts is what it becomes there. */
const cases: readonly (readonly [path: string, text: string, changes: readonly string[]])[] = [
  ['a.py', 'def f(a):\n    g(a)\n', ['removedCall g(a) -> pass']],
  ['a.py', 'x = a + b\n', ['arithmetic + -> -']],
  ['a.py', 'x = a // b\n', ['arithmetic // -> /']],
  ['a.py', 'x = a < b\n', ['boundary < -> <=', 'comparison < -> >=']],
  ['a.py', 'x = a is not b\n', ['comparison is not -> is']],
  ['a.py', 'x = a not in b\n', ['comparison not in -> in']],
  ['a.py', 'x = a and not b\n', ['boolean and -> or', 'negation not  -> ']],
  ['a.py', 'x += 2\n', ['arithmetic += -> -=', 'literal 2 -> 3']],
  ['a.py', 'x = -a\n', ['arithmetic - -> ']],
  ['a.py', 'def f():\n    return a\n', ['returnValue a -> None']],
  [
    'a.py',
    'def f(a=1, b=None, c=True):\n    pass\n',
    ['defaultArgument 1 -> 0', 'defaultArgument True -> False'],
  ],
  [
    'a.py',
    'for a in b:\n    if a:\n        break\n',
    ['condition a -> True', 'condition a -> False', 'loopControl break -> continue'],
  ],
  ['a.py', 'while True:\n    break\n', ['literal True -> False']],
  ['a.py', 'while a:\n    continue\n', ['condition a -> False', 'loopControl continue -> break']],
  ['a.py', 'x = b if a else c\n', ['condition a -> True', 'condition a -> False']],
  ['a.py', 'x = [a for a in b if a]\n', ['condition a -> True', 'condition a -> False']],
  ['a.py', 'def f():\n    raise ValueError("no")\n', ['removedThrow raise ValueError("no") -> pass']],
  [
    'a.py',
    'x = ["", "a", b"b", 1.5, 0, 10]\n',
    [
      'literal "" -> "mutant"',
      'literal "a" -> ""',
      'literal b"b" -> b""',
      'literal 1.5 -> 2.5',
      'literal 0 -> 1',
      'literal 10 -> 11',
    ],
  ],
  ['a.py', 'x = "a" + b % "c"\n', ['literal "a" -> ""', 'literal "c" -> ""']],
  ['a.js', 'x = a || b;', ['boolean || -> &&']],
  ['a.js', 'x = a ?? b;', ['boolean ?? -> &&']],
  ['a.js', 'x = a === b;', ['comparison === -> !==']],
  [
    'a.js',
    'if(!a)b();',
    ['condition !a -> true', 'condition !a -> false', 'negation ! -> ', 'removedCall b(); -> ;'],
  ],
  [
    'a.js',
    'for (;i < 2; i++) {}',
    [
      'condition i < 2 -> false',
      'boundary < -> <=',
      'comparison < -> >=',
      'literal 2 -> 3',
      'arithmetic ++ -> --',
    ],
  ],
  ['a.js', 'x = a+-b;', ['arithmetic + -> - ', 'arithmetic - -> ']],
  ['a.js', 'const f = (a) => a.b;', ['returnValue a.b -> undefined']],
  ['a.js', 'function f() { return a }', ['returnValue a -> undefined']],
  [
    'a.js',
    'function f(a = 2) { throw new Error("no"); }',
    ['defaultArgument 2 -> 3', 'removedThrow throw new Error("no"); -> ;'],
  ],
  [
    'a.js',
    'while (a) { switch (b) { case 1: break } continue }',
    ['condition a -> false', 'literal 1 -> 0', 'loopControl continue -> break'],
  ],
  ['a.js', 'x = `a${b}` + c;', ['literal `a${b}` -> ``']],
  [
    'a.tsx',
    'const A = () => <p className="x">{a && <b/>}</p>;',
    ['returnValue <p className="x">{a && <b/>}</p> -> null', 'boolean && -> ||'],
  ],
  [
    'a.go',
    'package a\n\nfunc F(a int) bool {\n\treturn a == 2\n}\n',
    ['returnValue a == 2 -> false', 'comparison == -> !=', 'literal 2 -> 3'],
  ],
  [
    'a.go',
    'package a\n\nfunc F() {\n\tb.C(d, 3)\n}\n',
    ['removedCall b.C(d, 3) -> _, _ = b.C, d', 'literal 3 -> 4'],
  ],
  [
    'a.go',
    'package a\n\nfunc F() (int, error) {\n\tif x {\n\t\treturn g(), err\n\t}\n\treturn h()\n}\n',
    [
      'condition x -> true || (x)',
      'condition x -> false && (x)',
      'returnValue g() -> 0',
      'returnValue err -> nil',
    ],
  ],
  [
    'a.go',
    'package a\n\nfunc F() {\n\tfor {\n\t\tif a {\n\t\t\tbreak\n\t\t}\n\t}\n}\n',
    ['condition a -> true || (a)', 'condition a -> false && (a)'],
  ],
];

/** Texts without anything that may be changed. */
const untouched: readonly (readonly [why: string, path: string, text: string])[] = [
  ['imports', 'a.py', 'import a\nfrom b import c\n'],
  ['docstrings', 'a.py', '"""Doc."""\n\ndef f():\n    """Doc."""\n'],
  ['names of the module', 'a.py', '__all__ = ["a"]\n__version__ = "1"\n'],
  ['annotations', 'a.py', 'a: "B" = b\n\ndef f(a: Literal["x", 1]) -> "str":\n    pass\n'],
  ['the main guard', 'a.py', 'if __name__ == "__main__":\n    main(1)\n'],
  ['what only type checkers see', 'a.py', 'if TYPE_CHECKING:\n    A = 1\n'],
  ['log messages', 'a.py', 'logger.debug("a %s", 1 + b)\nself.log.warning("x")\n'],
  [
    'messages of assertions and exceptions',
    'a.py',
    'assert a, "no"\n\ndef f():\n    raise NotImplementedError("x")\n',
  ],
  ['decorators', 'a.py', '@cache(maxsize=10)\ndef f():\n    pass\n'],
  ['lines that are not tested', 'a.py', 'x = a + b  # pragma: no cover\n'],
  ['imports', 'a.js', "'use strict';\nimport a from 'b';\nexport * from 'c';\nconst d = require('e');\n"],
  [
    'types',
    'a.ts',
    "type A = 'a' | 1;\ninterface B { c: 'd'; e(): 2 }\ndeclare const f: 3;\nconst enum G { H = 1 }\nlet i = j as 'k';\n",
  ],
  ['log messages', 'a.js', 'console.log("a" + 1);\n'],
  [
    'imports, types and tags',
    'a.go',
    'package a\n\nimport "b"\n\ntype C struct {\n\tD [3]int `json:"d"`\n}\n',
  ],
  ['error messages and room', 'a.go', 'package a\n\nvar x = errors.New("a")\nvar y = make([]int, n, 10)\n'],
];

describe('findMutants', () => {
  // The grammars alone: what interpreters say is theirs to test.
  const syntax = createSyntax({ compilers: async () => undefined });
  const find = async (path: string, text: string, lines?: readonly number[]): Promise<readonly Mutant[]> => {
    const search = await findMutants(
      { syntax, digest: sha256 },
      { path, text, ...(lines === undefined ? {} : { lines }) },
      never,
    );
    assert.ok(search.kind === 'found', JSON.stringify(search));
    return search.mutants;
  };
  const shown = (mutants: readonly Mutant[]): readonly string[] =>
    mutants.map(({ operator, original, replacement }) => `${operator} ${original} -> ${replacement}`);

  for (const [path, text, changes] of cases) {
    it(`changes ${path}: ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(shown(await find(path, text)).toSorted(), changes.toSorted());
    });
  }

  for (const [why, path, text] of untouched) {
    it(`leaves ${why} alone: ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(shown(await find(path, text)), []);
    });
  }

  it('changes nothing that comes to the same: adding zero, multiplying by one', async () => {
    const mutants = await find('a.py', 'x = a + 0\ny = b * 1\nz += 0\n');
    assert.deepEqual(shown(mutants), ['literal 0 -> 1', 'literal 1 -> 0', 'literal 0 -> 1']);
  });

  it('comes to each text once', async () => {
    const mutants = await find('a.js', 'x = !!a;');
    assert.deepEqual(shown(mutants), ['negation ! -> ']);
  });

  const none: readonly (readonly [path: string, text: string, reason: RegExp])[] = [
    ['a.md', 'text', /cannot be mutated: no parser/],
    ['a.rs', 'fn main() {}', /only Python, JavaScript, TypeScript and Go/],
    ['a.py', 'def f(:\n', /does not parse in line 1/],
    ['a.min.js', 'a+b', /is generated/],
    ['a.go', '// Code generated by x. DO NOT EDIT.\n\npackage a\n', /is generated/],
    ['a.py', `x = 1\n#${'a'.repeat(300_000)}`, /longer than/],
  ];
  for (const [path, text, reason] of none) {
    it(`says why there are none: ${path} ${JSON.stringify(text.slice(0, 40))}`, async () => {
      const search = await findMutants({ syntax, digest: sha256 }, { path, text }, never);
      assert.ok(search.kind === 'none');
      assert.match(search.reason, reason);
    });
  }

  it('tells where a mutant is: line, statement, function, and whether it runs while the file is loaded', async () => {
    const text =
      'A = b + c\n\n\nclass D:\n    def e(self, f=2):\n        return g(\n            f * h,\n        )\n';
    const places = (await find('a.py', text)).map(
      ({ operator, line, statementLine, scope, atLoad }) =>
        [operator, line, statementLine, scope, atLoad] as const,
    );
    assert.deepEqual(places, [
      ['arithmetic', 0, 0, '', true],
      ['defaultArgument', 4, 4, 'D.e', true],
      ['returnValue', 5, 5, 'D.e', false],
      ['arithmetic', 6, 5, 'D.e', false],
    ]);
  });

  it('says what a mutant did in words', async () => {
    const text = 'if a < b:\r\n    c(`)\r\n'.replace('`', '"`"');
    assert.deepEqual(
      (await find('a.py', text)).map(({ sentence }) => sentence),
      [
        'the condition `a < b` was always true in line 1',
        'the condition `a < b` was always false in line 1',
        '`<` became `<=` in line 1',
        '`<` became `>=` in line 1',
        'the call `` c("`") `` was removed in line 2',
        '`` "`" `` became `""` in line 2',
      ],
    );
  });

  it('finds those of some lines alone', async () => {
    const mutants = await find('a.py', 'x = a + b\ny = a * b\n', [1]);
    assert.deepEqual(shown(mutants), ['arithmetic * -> /']);
  });

  it('keeps ids while lines above move, and has others for others', async () => {
    const text = 'def f(a):\n    return a + 1 + 1\n';
    const before = await find('a.py', text);
    const after = await find('a.py', `# Above.\n\nB = c\n\n\n${text}`);
    assert.deepEqual(
      after.map(({ id }) => id),
      before.map(({ id }) => id),
    );
    assert.equal(new Set(before.map(({ id }) => id)).size, before.length);
  });

  it('counts offsets in UTF-16 units and keeps every other character', async () => {
    const text = '\uFEFFs = "𝒳é"\r\nx = a + b\r';
    const mutants = await find('a.py', text);
    assert.deepEqual(
      mutants.map((mutant) => applyMutant(text, mutant)),
      [text.replace('"𝒳é"', '""'), text.replace('+', '-')],
    );
  });

  it('makes mutants of real files that all parse, and no two of the same text', async function () {
    this.timeout(60_000);
    const parser = new GrammarParser();
    for (const path of sources) {
      const text = readFileSync(new URL(path, fixtures), 'utf8');
      const mutants = await find(path, text);
      assert.ok(mutants.length > 40, path);
      assert.equal(new Set(mutants.map((mutant) => applyMutant(text, mutant))).size, mutants.length, path);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...mutants), async (mutant) => {
          const mutated = applyMutant(text, mutant);
          assert.notEqual(mutated, text);
          const checked = await parser.check({ path, text: mutated }, never);
          assert.deepEqual(checked, { kind: 'parsed' }, `${path}: ${mutant.sentence}`);
        }),
        { numRuns: 60 },
      );
    }
    await parser.dispose();
  });
});

const sources = [
  'forwarded-3.1.2/index.js',
  'inflection-0.5.1/inflection/__init__.py',
  '../../server/engine/testing/mutation/collectMutants.ts',
  '../../server/engine/generation/locate/scanSimilar.ts',
];
