import assert from 'node:assert/strict';
import { ruleOf, runAct, withRule } from './actionSlice.ts';
import type { FakeReply } from './fakeModelServer/fakeReply.ts';
import { plainSettings } from './sliceWorkspace.ts';

const lines = Array.from({ length: 420 }, (_, at) =>
  at % 20 === 19 ? '' : `export const value${at} = ${at};`,
);
const text = `\uFEFF${lines.join('\r\n')}\r\n`;
const edited = text.replace('value205 = 205;', 'value205 = 1;');
const path = 'src/large.js';
const fenced = (info: string, ...body: readonly string[]): string =>
  [path, `\`\`\`${info}`, ...body, '```', ''].join('\n');
const say = (answer: string): { readonly kind: 'answer'; readonly text: string } => ({
  kind: 'answer',
  text: answer,
});

/** The number of the chunk in a request's body that holds a line, and its lines. */
function chunkOf(body: string, line: string): { readonly number: number; readonly lines: readonly string[] } {
  const found = [
    ...body.replaceAll('\\n', '\n').matchAll(/<<<<<<< CHUNK (\d+)\n([^]*?)\n>>>>>>> END/gu),
  ].find(([, , chunk]) => chunk?.includes(line));
  return { number: Number(found?.[1]), lines: found?.[2]?.split('\n') ?? [] };
}

describe('the forms in which edits are asked for and read', function () {
  this.timeout(60_000);

  const cases: readonly (readonly [
    form: string,
    model: string,
    asked: RegExp,
    replies: readonly ((prompt: string) => FakeReply)[],
  ])[] = [
    [
      'chunks',
      'qwen2.5-coder:7b',
      /shown in numbered chunks/u,
      [
        // The first answer gives the chunk under a wrong number.
        (prompt) => {
          const { lines: chunk } = chunkOf(prompt, 'value205 =');
          return say(fenced('js', '<<<<<<< CHUNK 2', ...chunk, '>>>>>>> END'));
        },
        (prompt) => {
          assert.match(prompt, /looks like chunk \d+; give it under its own number/u);
          const { number, lines: chunk } = chunkOf(prompt, 'value205 = 205');
          const fresh = chunk.map((each) => each.replace('205;', '1;'));
          return say(fenced('js', `<<<<<<< CHUNK ${number}`, ...fresh, '>>>>>>> END'));
        },
      ],
    ],
    [
      'diff',
      'large-model',
      /one unified diff in a code fence/u,
      [
        () =>
          say(
            [
              '```diff',
              `--- a/${path}`,
              `+++ b/${path}`,
              '@@ -1,3 +1,3 @@',
              ` ${lines[204] ?? ''}`,
              `-${lines[205] ?? ''}`,
              '+export const value205 = 1;',
              ` ${lines[206] ?? ''}`,
              '```',
              '',
            ].join('\n'),
          ),
      ],
    ],
    [
      'blocks',
      'large-model',
      /one block per change/u,
      [
        () =>
          say(
            fenced(
              'js',
              '<<<<<<< SEARCH',
              lines[205] ?? '',
              '=======',
              'export const value205 = 1;',
              '>>>>>>> REPLACE',
            ),
          ),
      ],
    ],
  ];
  it('are those that the action names, whatever the setting says', () => {
    const [, , asked, replies] = cases.find(([form]) => form === 'diff') ?? [];
    assert.ok(asked && replies);
    return withRule(
      ruleOf('- type: generate', '  message: Change it.', '  answer_form: diff'),
      async (slice) => {
        slice.running.configure({
          ...plainSettings,
          approval: 'auto',
          ai: {
            ...{ enabled: true, provider: 'ollama', model: 'large', baseUrl: slice.models.openaiUrl },
            answerForm: 'whole',
          },
        });
        const { outcome, message } = await runAct(slice, path);
        assert.equal(outcome, 'landed', message);
        assert.match(slice.models.requests[0]?.text ?? '', asked);
        assert.equal(slice.read(path), edited);
      },
      { files: { [path]: text }, script: ({ text: prompt }) => replies[0]?.(prompt) ?? say('nothing more') },
    );
  });

  for (const [form, model, asked, replies] of cases) {
    it(`land as ${form} from ${model}`, () => {
      const left = [...replies];
      return withRule(
        ruleOf('- type: generate', '  message: Change it.'),
        async (slice) => {
          slice.running.configure({
            ...plainSettings,
            approval: 'auto',
            ai: {
              ...{ enabled: true, provider: 'ollama', model, baseUrl: slice.models.openaiUrl },
              ...(form === 'diff' ? { answerForm: 'diff' as const } : {}),
            },
          });
          const result = await runAct(slice, path);
          assert.deepEqual([result.outcome, result.code], ['landed', 'ok'], result.message);
          assert.match(slice.models.requests[0]?.text ?? '', asked);
          assert.equal(slice.read(path), edited);
        },
        {
          files: { [path]: text },
          script: ({ text: prompt }) => left.shift()?.(prompt) ?? say('nothing more'),
        },
      );
    });
  }
});
