import assert from 'node:assert/strict';
import { createSyntax } from '../adapters/syntax/createSyntax.ts';
import { GrammarParser } from '../adapters/syntax/grammarParser.ts';
import { pureFunctions } from '../engine/generation/properties/pureFunctions.ts';

const never = new AbortController().signal;

/** Each text, and which of its functions are pure. */
const cases: readonly (readonly [title: string, path: string, text: readonly string[], pure: string])[] = [
  ['computes', 'a.py', ['def f(a, b=1):', '    return a + b'], 'f'],
  ['is given types', 'a.py', ['from app import T', 'def f(a: T) -> T:', '    return a'], 'f'],
  ['changes what it made', 'a.py', ['def f(a):', '    out = []', '    out.append(a)', '    return out'], 'f'],
  ['changes a copy', 'a.py', ['def f(a):', '    a = list(a)', '    a.sort()', '    return a'], 'f'],
  ['raises', 'a.py', ['def f(a):', '    if not a: raise ValueError(f"no {a}")', '    return a'], 'f'],
  [
    'uses pure modules',
    'a.py',
    ['import re', 'from math import pi as p', 'def f(a):', '    return re.sub("x", str(p), a)'],
    'f',
  ],
  [
    'reads constants',
    'a.py',
    ['import re', 'R = re.compile("a")', 'def f(a):', '    return R.sub("", a)'],
    'f',
  ],
  [
    'calls its own kind',
    'a.py',
    ['def _g(a):', '    return f(a)', 'def f(a):', '    return _g(a - 1) if a else 0'],
    'f',
  ],
  ['is cached', 'a.py', ['from functools import cache', '@cache', 'def f(a):', '    return a * 2'], 'f'],
  ['loops', 'a.py', ['def f(a):', '    return [x for x in a if (y := x)] + [k for k, _ in a]'], 'f'],
  ['takes nothing', 'a.py', ['def f():', '    return 1'], ''],
  ['returns nothing', 'a.py', ['def f(a):', '    a + 1'], ''],
  ['is private', 'a.py', ['def _f(a):', '    return a'], ''],
  ['is decorated', 'a.py', ['@route("/")', 'def f(a):', '    return a'], ''],
  ['prints', 'a.py', ['def f(a):', '    print(a)', '    return a'], ''],
  ['reads a file', 'a.py', ['def f(a):', '    return a.read_text()'], ''],
  ['opens a file', 'a.py', ['def f(a):', '    with open(a) as g:', '        return g.read()'], ''],
  ['reads the environment', 'a.py', ['import os', 'def f(a):', '    return os.environ[a]'], ''],
  ['imports inside', 'a.py', ['def f(a):', '    import os', '    return os.getcwd() + a'], ''],
  [
    'asks the clock',
    'a.py',
    ['from datetime import datetime', 'def f(a):', '    return datetime.now() - a'],
    '',
  ],
  ['asks chance', 'a.py', ['import random', 'def f(a):', '    return random.choice(a)'], ''],
  ['changes a parameter', 'a.py', ['def f(a):', '    a.append(1)', '    return a'], ''],
  ['changes an entry of a parameter', 'a.py', ['def f(a):', '    a[0], b = 1, 2', '    return a'], ''],
  ['deletes from a parameter', 'a.py', ['def f(a):', '    del a["x"]', '    return a'], ''],
  ['writes a global', 'a.py', ['n = 0', 'def f(a):', '    global n', '    n = a', '    return a'], ''],
  [
    'reads what another writes',
    'a.py',
    ['n = 0', 'def f(a):', '    return a + n', 'def g():', '    global n', '    n = 1'],
    '',
  ],
  ['reads a cache', 'a.py', ['C = {}', 'def f(a):', '    return C[a]', 'def put(k):', '    C[k] = 1'], ''],
  [
    'calls what is not pure',
    'a.py',
    ['def g(a):', '    print(a)', 'def f(a):', '    g(a)', '    return a'],
    '',
  ],
  ['calls another file', 'a.py', ['from .b import g', 'def f(a):', '    return g(a)'], ''],
  ['waits', 'a.py', ['async def f(a):', '    return a'], ''],
  ['yields', 'a.py', ['def f(a):', '    yield a', '    return a'], ''],
  ['does not parse', 'a.py', ['def f(a):', '    return a +* 1'], ''],

  ['computes', 'a.js', ['export function f(a) { return a + 1; }'], 'f'],
  ['is an arrow', 'a.js', ['export const f = (a, { b = 1, c: [d] }) => Math.max(a, b, d);'], 'f'],
  [
    'has types',
    'a.ts',
    ["import type { T } from './t';", 'export function f(a: T): a is T { return a as T; }'],
    'f',
  ],
  [
    'is exported below',
    'a.js',
    ['const f = (a) => g(a);', 'function g(a) { return a; }', 'export { f };'],
    'f',
  ],
  ['is of CommonJS', 'a.js', ['function f(a) { return a; }', 'module.exports = { f };'], 'f'],
  [
    'changes what it made',
    'a.js',
    ['export function f(a) { const b = [...a]; b.push(1); let i = 0; i += 1; a = i; return b; }'],
    'f',
  ],
  [
    'reads constants',
    'a.js',
    ["const names = new Map([['a', 1]]);", 'export const f = (a) => names.get(a);'],
    'f',
  ],
  ['makes a date of what is given', 'a.js', ['export const f = (a) => new Date(a).getTime();'], 'f'],
  ['sorts a copy', 'a.js', ['export const f = (a) => [...a].sort().map((x) => `${x}`);'], 'f'],
  [
    'throws',
    'a.js',
    ['export function f(a) { try { return JSON.parse(a); } catch (e) { throw new TypeError(e.message); } }'],
    'f',
  ],
  ['is not exported', 'a.js', ['function f(a) { return a; }'], ''],
  ['takes nothing', 'a.js', ['export const f = () => 1;'], ''],
  ['tells the console', 'a.js', ['export function f(a) { console.log(a); return a; }'], ''],
  ['asks the clock', 'a.js', ['export const f = (a) => a + Date.now();'], ''],
  ['asks the clock by new', 'a.js', ['export const f = (a) => new Date() - a;'], ''],
  ['asks chance', 'a.js', ['export const f = (a) => Math.random() * a;'], ''],
  ['asks the locale', 'a.js', ['export const f = (a) => a.toLocaleString();'], ''],
  ['uses this', 'a.js', ['export function f(a) { return this.b + a; }'], ''],
  ['waits', 'a.js', ['export async function f(a) { return a; }'], ''],
  ['changes a parameter', 'a.js', ['export function f(a) { a.b = 1; return a; }'], ''],
  ['sorts a parameter', 'a.js', ['export const f = (a) => a.sort();'], ''],
  ['assigns to a parameter', 'a.js', ['export const f = (a) => Object.assign(a, { b: 1 });'], ''],
  ['deletes from a parameter', 'a.js', ['export function f(a) { delete a.b; return a; }'], ''],
  ['counts', 'a.js', ['let n = 0;', 'export const f = (a) => a + (n += 1);'], ''],
  [
    'reads a counter',
    'a.js',
    ['let n = 0;', 'export const f = (a) => a + n;', 'export function up() { n++; }'],
    '',
  ],
  [
    'reads a cache',
    'a.js',
    [
      'const c = new Map();',
      'export const f = (a) => c.get(a);',
      'export const put = (a) => { c.set(a, 1); };',
    ],
    '',
  ],
  ['calls another file', 'a.js', ["import { g } from './g.js';", 'export const f = (a) => g(a);'], ''],
  [
    'reads a file',
    'a.js',
    ["const fs = require('node:fs');", 'export const f = (a) => fs.existsSync(a);'],
    '',
  ],
  ['is of another language', 'a.go', ['package a', 'func F(a int) int { return a }'], ''],
];

describe('pureFunctions', () => {
  const syntax = createSyntax({ grammars: new GrammarParser() });
  for (const [title, path, lines, pure] of cases) {
    it(`${pure === '' ? 'leaves out' : 'finds'} what ${title} (${path})`, async () => {
      const text = `${lines.join('\n')}\n`;
      const parsed = await syntax.parse({ path, text }, never);
      assert.equal(parsed.kind, 'tree');
      assert.equal(pureFunctions({ ...parsed, text }).join(' '), pure);
    });
  }

  it('sorts them', async () => {
    const text = 'def b(x):\n    return x\ndef a(x):\n    return b(x)\n';
    const parsed = await syntax.parse({ path: 'a.py', text }, never);
    assert.equal(parsed.kind, 'tree');
    assert.deepEqual(pureFunctions({ ...parsed, text }), ['a', 'b']);
  });
});
