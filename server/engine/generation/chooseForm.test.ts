import assert from 'node:assert/strict';
import type { AnswerForm } from './answerForm.ts';
import type { FormWish } from '../../protocol/modelSettings.ts';
import { chooseForm } from './chooseForm.ts';

const lines = (count: number): string => 'x = 1\n'.repeat(count - 1);
const [small, large] = ['qwen2.5-coder:7b', 'claude-sonnet-4-5'];

describe('the form in which an edit is asked for', () => {
  const cases: readonly (readonly [
    what: string,
    texts: readonly (string | undefined)[],
    models: readonly string[],
    wish: FormWish,
    form: AnswerForm,
  ])[] = [
    ['of a new file', [undefined], [small], 'auto', 'whole'],
    ['of a new file, whatever is wished', [undefined], [large], 'chunks', 'whole'],
    ['of an empty file', [' \n'], [large], 'auto', 'whole'],
    ['of a short file for a small model', [lines(60)], [small], 'auto', 'whole'],
    ['of a longer file for a small model', [lines(61)], [small], 'auto', 'blocks'],
    ['of a large file for a small model', [lines(401)], [small], 'auto', 'chunks'],
    ['of a large file for another model', [lines(9_000)], [large], 'auto', 'blocks'],
    ['of a short file for another model', [lines(5)], [large], 'auto', 'blocks'],
    ['where one of several models is not small', [lines(9_000)], [small, large], 'auto', 'blocks'],
    ['where no model is known', [lines(9_000)], [], 'auto', 'blocks'],
    ['of several files', [lines(9), lines(9)], [small], 'auto', 'blocks'],
    ['of several files, with a wish that fits', [lines(9), lines(9)], [small], 'diff', 'diff'],
    ['of several files, with a wish that does not', [lines(9), lines(9)], [small], 'chunks', 'blocks'],
    ['that is wished', [lines(9)], [large], 'diff', 'diff'],
    ['of a file that holds markers of chunks', [`>>>>>>> END\n${lines(900)}`], [small], 'auto', 'blocks'],
    ['of such a file, with a wish', [`<<<<<<< CHUNK 1\n${lines(9)}`], [small], 'chunks', 'blocks'],
  ];
  for (const [what, texts, models, wish, form] of cases) {
    it(`${what} is ${form}`, () => assert.equal(chooseForm({ texts, models, wish }), form));
  }

  const sizes: readonly (readonly [name: string, isSmall: boolean])[] = [
    ['llama3.2:1b', true],
    ['Qwen/Qwen2.5-Coder-14B-Instruct', true],
    ['phi3:3.8b-mini', true],
    ['qwen3-coder:30b-a3b', false],
    ['llama-3.1-70b', false],
    ['gpt-4.1', false],
    ['abc7bd', false],
  ];
  for (const [name, isSmall] of sizes) {
    it(`takes ${name} for ${isSmall ? 'a small model' : 'no small model'}`, () =>
      assert.equal(
        chooseForm({ texts: [lines(900)], models: [name], wish: 'auto' }),
        isSmall ? 'chunks' : 'blocks',
      ));
  }
});
