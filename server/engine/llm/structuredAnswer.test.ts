import assert from 'node:assert/strict';
import fc from 'fast-check';
import { schemaProblem } from './schemaProblem.ts';
import { askStructured, type StructuredQuestion } from './structuredAnswer.ts';

const schema = {
  type: 'object',
  properties: { best: { type: 'integer', enum: [1, 2] }, why: { type: ['string', 'null'] } },
  required: ['best'],
  additionalProperties: false,
} as const;
const question: StructuredQuestion = {
  system: 's',
  messages: [{ role: 'user', text: 'u' }],
  answer: { name: 'choice', schema },
};

async function ask(...replies: readonly (string | undefined)[]) {
  const asked: StructuredQuestion[] = [];
  const value = await askStructured(question, (given) => {
    asked.push(given);
    return Promise.resolve(replies[asked.length - 1]);
  });
  return { value, asked };
}

describe('a structured answer', () => {
  for (const text of [
    '{"best":2}',
    ' {"best": 2}\n',
    '```json\n{"best":2}\n```',
    'Here it is:\n```\n{"best":2}\n```\nDone.',
    'I think {"best":2} is right.',
  ]) {
    it(`is read from ${JSON.stringify(text)}`, async () => {
      const { value, asked } = await ask(text);
      assert.deepEqual(value, { best: 2 });
      assert.equal(asked.length, 1);
    });
  }

  for (const [text, problem] of [
    ['', 'there is no JSON value in it'],
    ['the second', 'there is no JSON value in it'],
    ['2', '$ must be of type object'],
    ['{"best":3}', '$.best must be one of 1, 2'],
    ['{"best":"2"}', '$.best must be of type integer'],
    ['{"why":"x"}', '$ lacks "best"'],
    ['{"best":1,"rest":0}', '$ must not have "rest"'],
    ['{"best":1,"why":7}', '$.why must be of type string or null'],
  ] as const) {
    it(`that is ${JSON.stringify(text)} is sent back once, with what is wrong`, async () => {
      const { value, asked } = await ask(text, '{"best":1}');
      assert.deepEqual(value, { best: 1 });
      assert.equal(asked.length, 2);
      const [, second] = asked;
      assert.deepEqual(second?.messages.slice(0, 1), question.messages);
      assert.ok(second?.messages[2]?.text.startsWith(`This does not fit: ${problem}. `));
    });
  }

  it('is never guessed: what does not fit twice, or does not come, is none', async () => {
    assert.equal((await ask('no', 'no', '{"best":1}')).value, undefined);
    assert.equal((await ask('no', 'no', '{"best":1}')).asked.length, 2);
    assert.equal((await ask(undefined, '{"best":1}')).value, undefined);
    assert.equal((await ask('no', undefined)).value, undefined);
  });

  it('is never an exception, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.json(), async (text, json) => {
        const { value } = await ask(text, json);
        assert.ok(value === undefined || schemaProblem(value, schema) === undefined);
      }),
    );
  });
});

describe('schemaProblem', () => {
  for (const [value, form, problem] of [
    [1, {}, undefined],
    [[1, 'a'], { type: 'array', items: { type: 'number' } }, '$[1] must be of type number'],
    [{ a: [{ b: 1 }] }, { properties: { a: { items: { required: ['c'] } } } }, '$.a[0] lacks "c"'],
    ['x', { const: 'y' }, '$ must be "y"'],
    [{}, { const: {} }, undefined],
    [true, { anyOf: [{ type: 'string' }, { type: 'boolean' }] }, undefined],
    [1, { anyOf: [{ type: 'string' }, { type: 'boolean' }] }, '$ must be of type string'],
    [null, { type: 'object' }, '$ must be of type object'],
    [1.5, { type: 'integer' }, '$ must be of type integer'],
  ] as const) {
    it(`finds ${String(problem)} in ${JSON.stringify(value)}`, () =>
      assert.equal(schemaProblem(value, form), problem));
  }
});
