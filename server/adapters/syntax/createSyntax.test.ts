import assert from 'node:assert/strict';
import { createSyntax } from './createSyntax.ts';
import { GrammarParser } from './grammarParser.ts';
import type { SyntaxCheck } from '../../engine/ports/syntax.ts';

const never = new AbortController().signal;

const parsed: readonly (readonly [path: string, text: string])[] = [
  ['a.py', 'def f(x: int) -> str:\n    return f"{x!r}"\n'],
  ['a.js', "import a from 'x';\nexport const b = await a();\n"],
  ['a.js', 'export const a = <p className="x">{b}</p>;\n'],
  ['a.jsx', 'export const a = <p>b</p>;\n'],
  ['a.ts', 'export const a = <T,>(b: T): T => b satisfies T;\n'],
  ['a.ts', 'interface A {\n  abstract?: boolean;\n}\n'],
  ['a.mts', 'enum A { b }\nnamespace C { export const d = 1; }\n'],
  ['a.tsx', 'export const a = (b: string) => <p>{b}</p>;\n'],
  ['a.go', 'package a\n\nfunc F[T any](b T) T { return b }\n'],
  ['a.rs', 'fn main() -> Result<(), Box<dyn Error>> { Ok(()) }\n'],
  ['a.java', 'record A(int b) { sealed interface C permits D {} }\n'],
  ['a.yaml', 'a: [1, *b]\n---\n!x c: {d: e}\n'],
  ['a.yml', ''],
  ['a.json', '\uFEFF{"a": [1, -2.5e3, true, null, "\\u00e9"], "b": {}}\n'],
];

/** The `«` and `»` stand around the first fault and are not in the text; `«»` alone is where something is missing. */
const broken: readonly (readonly [path: string, marked: string, message: RegExp])[] = [
  ['a.py', 'x = 1\nx = «=» 2\n', /SyntaxError/],
  ['a.js', 'const a = 1;\nconst b «=» = 2;\n', /Unexpected token/],
  ['a.ts', 'const é: number «=» = 2;\n', /unexpected `=`/],
  ['a.ts', 'const a = "𝒳";\r\nf(a«»;\r\n', /`\)` is missing/],
  ['a.tsx', '«const a = <p>b;\n»', /./],
  ['a.go', 'package a\n\nfunc F() { return 1 «+» }\n', /./],
  ['a.rs', 'fn main() { let a «=» ; }\n', /./],
  ['a.java', 'class A { void b() { c«(»; } }\n', /./],
  ['a.yaml', 'a: 1\nb: [1\n«»', /./],
];

const brokenLines: readonly (readonly [path: string, text: string, line: number, message: RegExp])[] = [
  ['a.py', 'return 1\n', 0, /outside function/],
  ['a.yaml', 'a: 1\na: 2\n', 1, /unique/],
  ['a.yaml', 'a: "b\n', 1, /./],
  ['a.go', 'package a\r\rfunc F( {\r}\r', 2, /./],
  ['a.json', '{\n  "a": 1,\n}\n', 2, /JSON/],
  ['a.json', '{\n  "a": 1\n  "b": 2\n}\n', 2, /JSON/],
  ['a.json', '[1,\n2\n', 2, /JSON/],
  ['a.json', '{"a": [1}\n', 0, /JSON/],
  ['a.json', '{}\n{}\n', 1, /JSON/],
  ['a.json', '// no\n{}\n', 0, /JSON/],
  ['a.json', '', 0, /JSON/],
  ['a.json', '"\n"', 0, /JSON/],
];

describe('createSyntax', function () {
  // The first text of a language waits for its grammar.
  this.timeout(30_000);
  const grammars = new GrammarParser();
  const syntax = createSyntax({ grammars });
  after(() => grammars.dispose());

  for (const [path, text] of parsed) {
    it(`parses ${path}: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      assert.deepEqual(await syntax.check({ path, text }, never), { kind: 'parsed' });
    });
  }

  for (const [path, marked, message] of broken) {
    it(`says at which characters ${path} breaks: ${JSON.stringify(marked)}`, async () => {
      const text = marked.replace(/[«»]/g, '');
      const [fault] = faultsOf(await syntax.check({ path, text }, never));
      assert.match(fault?.message ?? '', message);
      const { start, end } = fault?.span ?? { start: -1, end: -1 };
      assert.equal(`${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`, marked);
      assert.equal(fault?.line, text.slice(0, start).split('\n').length - 1);
    });
  }

  for (const [path, text, line, message] of brokenLines) {
    it(`finds the broken line of ${path}: ${JSON.stringify(text)}`, async () => {
      const [fault] = faultsOf(await syntax.check({ path, text }, never));
      assert.equal(fault?.line, line);
      assert.match(fault?.message ?? '', message);
    });
  }

  it('names several places in source order', async () => {
    const text = 'const a = = 1;\nconst b = 2;\nconst c = = 3;\n';
    const faults = faultsOf(await syntax.check({ path: 'a.ts', text }, never));
    assert.deepEqual(
      faults.map(({ line }) => line),
      [0, 2],
    );
  });

  it('lets a compiler decide, in both directions', async () => {
    const strict = createSyntax({
      compilers: async () => ({ kind: 'broken', faults: [{ line: 0, message: 'not so' }] }),
      grammars,
    });
    assert.equal((await strict.check({ path: 'a.js', text: 'a();\n' }, never)).kind, 'broken');
    const lenient = createSyntax({ compilers: async () => ({ kind: 'parsed' }), grammars });
    assert.equal((await lenient.check({ path: 'a.js', text: 'a(;\n' }, never)).kind, 'parsed');
  });

  it('asks the grammar where the compiler is not at hand', async () => {
    const without = createSyntax({
      compilers: async () => ({ kind: 'notChecked', reason: 'no python3' }),
      grammars,
    });
    assert.equal((await without.check({ path: 'a.py', text: 'f(\n' }, never)).kind, 'broken');
    assert.deepEqual(await without.check({ path: 'a.py', text: '' }, AbortSignal.abort()), {
      kind: 'notChecked',
      reason: 'no python3; the check was stopped',
    });
  });

  for (const path of ['a.rb', 'a.css', 'a.toml', 'Makefile', 'dir.js/file']) {
    it(`says that no parser is at hand for ${path}`, async () => {
      const found = await syntax.check({ path, text: 'anything' }, never);
      assert.match(found.kind === 'notChecked' ? found.reason : '', /^no parser for/);
      const tree = await syntax.parse({ path, text: 'anything' }, never);
      assert.match(tree.kind === 'none' ? tree.reason : '', /^no parser for/);
    });
  }
});

function faultsOf(check: SyntaxCheck): Extract<SyntaxCheck, { readonly kind: 'broken' }>['faults'] | [] {
  return check.kind === 'broken' ? check.faults : [];
}
