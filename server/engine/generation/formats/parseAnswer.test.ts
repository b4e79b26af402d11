import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AnswerEdit } from './parsedAnswer.ts';
import { parseAnswer } from './parseAnswer.ts';

const corpus = join(import.meta.dirname, '../../../../test-fixtures/generation/answers');

interface Expected {
  readonly fallbackPath?: string;
}

function readCase(name: string): { readonly actual: unknown; readonly expected: unknown } {
  const path = join(corpus, name, 'expected.json');
  const expected = JSON.parse(readFileSync(path, 'utf8')) as Expected;
  const options = expected.fallbackPath === undefined ? {} : { fallbackPath: expected.fallbackPath };
  const answer = parseAnswer(readFileSync(join(corpus, name, 'answer.txt'), 'utf8'), options);
  const actual = { ...options, ...answer };
  if (process.env['UPDATE_EXPECTED'] === '1') writeFileSync(path, `${JSON.stringify(actual, null, 2)}\n`);
  return { actual, expected };
}

function textsOf(edit: AnswerEdit): readonly string[] {
  if (edit.kind === 'whole') return [edit.text];
  if (edit.kind === 'chunks') return edit.chunks.map(({ text }) => text);
  return edit.blocks.flatMap((block) => [block.search, block.replace]);
}

describe('parseAnswer', () => {
  const names = readdirSync(corpus);

  it('has a corpus', () => assert.ok(names.length >= 40));

  for (const name of names) {
    it(`reads the answer "${name.replaceAll('-', ' ')}"`, () => {
      const { actual, expected } = readCase(name);
      assert.deepEqual(actual, expected);
    });
  }

  const piece = fc.constantFrom(
    '```',
    '````',
    '~~~',
    '```js',
    '```python tests/a.py',
    '<<<<<<< SEARCH',
    '<<<<< SEARCH',
    '=======',
    '>>>>>>> REPLACE',
    '>>>>>>>',
    'tests/a.py',
    '**`a b.js`**',
    '// a.js',
    '# ... rest of code',
    'NOTE: x',
    '<think>',
    '</think>',
    '',
    'code()',
    '  ```',
    '\r',
    '\u0000',
    '- `x.py`:',
    '--- a/x.py',
    '+++ b/x.py',
    '+++ /dev/null',
    '@@ -1,2 +1,2 @@',
    '@@',
    '-old',
    '+new',
    ' same',
    '\\ No newline at end of file',
    'rename to y.py',
    '<<<<<<< CHUNK 2',
    '>>>>>>> END',
  );

  it('never throws, and each edit it gives has a path and whole lines', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 30 }).map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(text, fc.option(fc.constant('tests/x.py'), { nil: undefined }), (answer, fallbackPath) => {
        const parsed = parseAnswer(answer, fallbackPath === undefined ? {} : { fallbackPath });
        assert.ok(parsed.edits.length > 0 || parsed.problems.length > 0);
        for (const edit of parsed.edits) {
          assert.notEqual(edit.path, '');
          assert.ok(textsOf(edit).every((part) => part === '' || part.endsWith('\n')));
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('gives back any file that is fenced with enough backticks', () => {
    const line = fc.oneof(
      piece.filter((text) => text !== '\r'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const text = lines.join('\n').replaceAll('\r', '');
        fc.pre(!/^[<-]{5,9} ?(?:SEARCH|ORIGINAL|OLD|CHUNK)\b/im.test(text) && !/\.{3}|…/.test(text));
        // What begins as a diff is read as one.
        fc.pre(!/^\s*--- .*\n\+\+\+ /.test(text));
        const parsed = parseAnswer(`tests/a.py\n\`\`\`\`\`\`\`\n${text}\n\`\`\`\`\`\`\`\n`);
        assert.deepEqual(parsed, {
          edits: [{ kind: 'whole', path: 'tests/a.py', text: `${text}\n` }],
          remarks: [],
          problems: [],
        });
      }),
    );
  });

  it('refuses an answer of 50 MB at once', () => {
    assert.equal(parseAnswer('x'.repeat(50_000_000)).problems[0]?.code, 'answer.too-large');
  });

  it('ends soon on hostile answers', function () {
    // Its own time counts below; that of the machine may be shared.
    this.timeout(120_000);
    for (const line of [
      '```a',
      '  ```',
      '<<<<<<< SEARCH',
      '=======',
      '~~~~ x.md',
      'NOTE:',
      '`',
      '<think>',
      '# ... x',
      '<<<<<<< CHUNK 1',
      '--- a/x\n+++ b/x',
      '```diff\n@@\n\n',
      '```diff\n--- a/x\n+++ b/x\n@@\n-a\n\n\n```',
      '@@',
    ]) {
      const started = process.cpuUsage().user;
      parseAnswer(`${line}\n`.repeat(Math.floor(500_000 / line.length)));
      assert.ok(process.cpuUsage().user - started < 10_000_000, line);
    }
  });
});
