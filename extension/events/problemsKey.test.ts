import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode';
import { problemsKey } from './problemsKey.ts';

type Problem = Parameters<typeof problemsKey>[0][number];

function problem(message: string, source = 'ts', line = 0): Problem {
  // Of the editor's class only its two positions count here.
  const range = { start: { line, character: 0 }, end: { line, character: 1 } } as Diagnostic['range'];
  return { message, source, range, severity: 0, code: { value: 1, target: undefined as never } };
}

describe('the problems of a file', () => {
  for (const { name, one, other, same } of [
    { name: 'none', one: [], other: [], same: true },
    { name: 'our own', one: [problem('a', 'Codegen Lab')], other: [], same: true },
    {
      name: 'another order',
      one: [problem('a'), problem('b')],
      other: [problem('b'), problem('a')],
      same: true,
    },
    { name: 'another message', one: [problem('a')], other: [problem('b')], same: false },
    { name: 'another place', one: [problem('a')], other: [problem('a', 'ts', 1)], same: false },
    { name: 'one more of the same', one: [problem('a')], other: [problem('a'), problem('a')], same: false },
  ])
    it(`are ${same ? 'the same' : 'others'}: ${name}`, () => {
      assert.equal(problemsKey(one) === problemsKey(other), same);
    });
});
