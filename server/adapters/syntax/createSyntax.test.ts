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
  ['a.tsx', 'const a = <B.C d={e} {...f}>\n  <></>{g}<h:i />\n</B.C>;\n'],
  ['a.d.ts', 'export const a: string;\ndeclare function b(): void;\n'],
  ['a.go', 'package a\n\nvar b = "\\"\\t\\x41\\x42c\\u00e9\\U0001F600\\033"\nvar c = \'\\\'\'\n'],
  ['a.mts', 'enum A { b }\nnamespace C { export const d = 1; }\n'],
  ['a.tsx', 'export const a = (b: string) => <p>{b}</p>;\n'],
  ['a.go', 'package a\n\nfunc F[T any](b T) T { return b }\n'],
  ['a.go', '//go:build a\n\n/* b */\npackage a\n\nimport "b"\nimport (\n\t"c"\n)\n\ntype D int\n'],
  ['a.go', '// nothing yet\n'],
  [
    'a.rs',
    "//! a\n#![b]\n/// c\nimpl A {\n  //! d\n  const E: u8 = m!(if type else);\n  m! {}\n  type F = &'static G;\n}\nenum K { /// l\n #[m] N }\nstruct O { p: Q, // r\n}\ntrait H { fn i(&self, _: J); }\n",
  ],
  ['a.rs', '#!/usr/bin/env x\nm!();\nthread_local! { static A: u8 = 0; }\nuse b::c;\nmod d;\n'],
  [
    'A.java',
    'class A<B> { A() {} static { c(); } enum D { E { void f() {} }; D() {} } record G(int h) { G { } G(String i) { this(1); } } }\n',
  ],
  ['A.java', 'import a.B;\n@C class D {}\nvoid main() {}\n'],
  ['package-info.java', '@C\npackage a;\n'],
  ['a.css', 'a { b: url(data:x;y,z{ ); c: "("; /* ( */ --d: {e: [f]}; g\\(h: i }\n'],
  ['a.rs', 'fn main() -> Result<(), Box<dyn Error>> { Ok(()) }\n'],
  ['a.java', 'record A(int b) { sealed interface C permits D {} }\n'],
  ['a.yaml', 'a: [&b 1, *b]\n---\n!x c: &c {d: e}\nf: {<<: *c}\n'],
  ['a.yml', ''],
  ['a.json', '\uFEFF{"a": [1, -2.5e3, true, null, "\\u00e9"], "b": {}}\n'],
  ['tsconfig.build.json', '// who\n{"a": [1, /* b, */ 2,], "c": "//,}",}\n'],
  ['.vscode/settings.json', ''],
  ['a.jsonc', '\uFEFF{}\r\n// end'],
  ['a.toml', '\uFEFFa = 1\r\n[b.c]\r\nd = [{e = 1979-05-27}, "f"] # g\r\n'],
  ['Cargo.lock', 'version = 4\n\n[[package]]\nname = "a"\n'],
  ['a.css', ':is(a, b):not(:has(> c)) .w-1\\/2[d=" ("] { e: f }\n@keyframes g { 50.5% { h: i } }\n'],
  ['a.css', '@media (width > 1px) { .a { &:hover { b: c } > d { e: f(1px + (2px)) } } }\n'],
  [
    'a.css',
    '@tailwind base;\na { *zoom: 1; --x: {y:z}; b: url(c.png?d) }\n/*# sourceMappingURL=/nowhere.map */',
  ],
  ['a.html', '<!doctype html>\n<title>a &amp; b</title>\n<ul><li>c<li>d</ul><img src=e><br/>1 < 2\n'],
  ['a.html', '<html><body><svg><path d="x"/></svg><script>if (a<b) c("</p>")</script></body></html>'],
  ['a.htm', '<tr><td>part of a page</td></tr>\n'],
  [
    'a.svg',
    '<?xml version="1.0"?>\n<!DOCTYPE svg SYSTEM "a">\n<svg xmlns="x" xml:lang="de" xmlns:c="d"><c:e c:f="g"/><!-- a --><g/>&b;</svg>\n',
  ],
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
  ['a.rs', 'm! {}\nn!();\n/// a\n«edited(5);»\nfn f() {}\n', /cannot stand here/],
  ['a.rs', '#![allow(x)]\n«let a = 1;»\n', /cannot stand here/],
  ['a.rs', 'impl A { fn b(«&c», d: E) -> F { g } }\n', /cannot stand here/],
  ['a.rs', 'impl A {\n  «pub trait B {}»\n}\n', /cannot stand here/],
  ['a.rs', 'fn a() {\n  «/// b\n»}\n', /cannot stand here/],
  ['a.rs', 'fn a() { loop {\n  b();\n  «#[c]»\n} }\n', /cannot stand here/],
  ['a.rs', 'use a;\n«//! b\n»fn c() {}\n', /cannot stand here/],
  ['a.rs', 'fn a() {\n  b()\n    «/// c\n»    .d()\n}\n', /cannot stand here/],
  ['a.rs', 'fn a() { if b { 1 } else {\n} «else» {\n} }\n', /cannot stand here/],
  ['a.go', '// a\npackage a\n\n«edited(5)»\n\nfunc F() {}\n', /cannot stand here/],
  ['a.go', '«import "b"»\n\npackage a\n', /cannot stand here/],
  ['a.go', 'package a\n\nvar b = 1\n\n«import "b"»\n', /cannot stand here/],
  ['a.java', 'class A {\n  «public B(int c) {}»\n}\n', /cannot stand here/],
  ['a.java', 'class A {\n  «b { c(); }»\n}\n', /./],
  ['a.java', 'class A { A b() {\n  c «this»;\n} }\n', /./],
  ['a.java', 'class A { void b() {\n  «import c.D;»\n} }\n', /cannot stand here/],
  ['a.java', 'package a;\nimport b.C;\n«edited(5);»\nclass A {}\n', /cannot stand here/],
  ['a.go', 'package a\n\nvar b = "\\t«\\e»d"\n', /is no escape/],
  ['a.go', "package a\n\nvar b = «'\\\"'»\n", /is no escape/],
  ['a.tsx', 'const a = <B.C>\n  d\n«</B.D>»;\n', /closes another tag/],
  ['a.tsx', 'export const a = <>d«</b>»;\n', /closes another tag/],
  ['a.tsx', 'const a = <b {...c} d«{e}» />;\n', /is no attribute/],
  ['a.css', 'a { --b: calc1px«)»; c: d }\n', /closes nothing/],
  ['a.java', 'class A { void b() { c«(»; } }\n', /./],
  ['a.yaml', 'a: 1\nb: [1\n«»', /./],
  ['a.html', '<p>é</p>\r\n«<div>»\r\n<p>b</p>\r\n', /`<div>` is not closed/],
  ['a.html', '<div><b>a</b>«</b>»</div>\n', /`<\/b>` closes nothing/],
  ['a.html', '<template>«<b>»</template>\n', /`<b>` is not closed/],
  ['a.html', '<a b=«»>c</a>\n', /missing attribute value/],
  ['a.html', '<html><head><p>a</p>«</head>»<body></body></html>\n', /closes nothing/],
];

const brokenLines: readonly (readonly [path: string, text: string, line: number, message: RegExp])[] = [
  ['a.py', 'return 1\n', 0, /outside function/],
  ['a.yaml', 'a: 1\na: 2\n', 1, /unique/],
  ['a.ts', 'interface A {\n  readonly b: string;\n  export type C = 1;\n}\n', 2, /SyntaxError/],
  ['a.yaml', 'a: "b\n', 1, /./],
  ['a.yaml', 'a: &b 1\n---\nc:\n  - *.md\n  - *b\n', 3, /no anchor/],
  ['a.go', 'package a\r\rfunc F( {\r}\r', 2, /./],
  ['a.json', '{\n  "a": 1,\n}\n', 2, /JSON/],
  ['a.json', '{\n  "a": 1\n  "b": 2\n}\n', 2, /JSON/],
  ['a.json', '[1,\n2\n', 2, /JSON/],
  ['a.json', '{"a": [1}\n', 0, /JSON/],
  ['a.json', '{}\n{}\n', 1, /JSON/],
  ['a.json', '// no\n{}\n', 0, /JSON/],
  ['a.json', '', 0, /JSON/],
  ['a.json', '"\n"', 0, /JSON/],
  ['a.jsonc', '/* a\n */ {\n  "b": 1 // c\n  "d": 2\n}\n', 3, /JSON/],
  ['a.jsonc', '{\n  /* a\n}\n', 1, /JSON/],
  ['package.json', '{\n  "a": 1, // b\n}\n', 1, /JSON/],
  ['a.toml', 'a = 1\nb = \n', 1, /Invalid TOML/],
  ['a.toml', '[a]\nb = 1\nb = 2\n', 2, /./],
  ['a.css', 'a { b: c }\nd { e: f;\n', 1, /Unclosed block/],
  ['a.css', 'a {}\r\n}\r\n', 1, /Unexpected \}/],
  ['a.css', 'a { b: c }\nd: e;\nf { g: h }\n', 1, /stands in no rule/],
  ['a.css', 'a { b: c }\nmedia (x: y) {\n  d { e: f }\n}\n', 1, /is no selector/],
  ['a.css', 'a { b: c }\n/ */\nd { e: f }\n', 1, /is no selector/],
  ['a.css', 'a { b: c; }\nedited(5);\n', 1, /Unknown word/],
  ['a.css', '/* a\n', 0, /Unclosed comment/],
  ['a.html', '<!-- a\n<p>', 1, /eof in comment/],
  ['a.xml', '<a>\n<b></a>\n', 1, /./],
  ['a.xml', '<a>\n&b;</a>\n', 1, /./],
  ['a.xml', '<a xmlns:b="c">\n<d b:e="f"/>\n<d g:e="f"/></a>\n', 2, /prefix `g`/],
  ['a.html', '<p>a</p>\n<!doctype html>\n<p>b</p>\n', 1, /doctype/],
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

  for (const text of [
    '{% if a %}<div>{% endif %}',
    '<p>{{ a < b }}</p>',
    '<b *ngIf="a"></b>',
    '<% a %>',
    '<?php a ?>',
  ]) {
    it(`does not judge a page with marks of templates: ${text}`, async () => {
      const found = await syntax.check({ path: 'a.html', text }, never);
      assert.match(found.kind === 'notChecked' ? found.reason : '', /template/);
    });
  }

  for (const path of ['a.rb', 'a.scss', 'a.md', 'Makefile', 'dir.js/file']) {
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
