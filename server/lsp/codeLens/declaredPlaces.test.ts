import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { DeclaredPlaces } from './declaredPlaces.ts';

const text = 'a\ntest one\nb\ntest two\nc\n';
const tests = [
  { id: 'one', name: 'one', suites: [], line: 1 },
  { id: 'two', name: 'two', suites: [], line: 3 },
];

describe('the places of tests while somebody types', () => {
  const cases: readonly (readonly [what: string, typed: string, lines: readonly number[]])[] = [
    ['stay where nothing changed', text, [1, 3]],
    ['move with a line above', `(\n${text}`, [2, 4]],
    ['stay above a change', text.replace('b', 'b\n(\n('), [1, 5]],
    ['follow lines that go', text.replace('a\n', '').replace('test one', '('), [0, 2]],
    ['stay inside of a change', text.replace('test one', 'test one ('), [1, 3]],
    ['stay in the text when all of it is replaced', '(', [0, 0]],
  ];
  for (const [what, typed, lines] of cases) {
    it(what, () => {
      const places = new DeclaredPlaces();
      const open = TextDocument.create('file:///a', 'x', 1, text);
      places.follow(open, tests);
      assert.deepEqual(
        places.follow(TextDocument.update(open, [{ text: typed }], 2), undefined)?.map(({ line }) => line),
        lines,
      );
    });
  }

  it('are those of the text as soon as it can be read again', () => {
    const places = new DeclaredPlaces();
    const open = TextDocument.create('file:///a', 'x', 1, text);
    assert.equal(places.follow(open, undefined), undefined);
    assert.deepEqual(places.follow(open, []), []);
    assert.deepEqual(places.follow(open, undefined), []);
  });
});
