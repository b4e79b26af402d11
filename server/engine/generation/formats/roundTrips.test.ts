import assert from 'node:assert/strict';
import { createTwoFilesPatch } from 'diff';
import fc from 'fast-check';
import { applyEdits } from '../locate/applyEdits.ts';
import { splitChunks } from '../locate/splitChunks.ts';
import { parseAnswer } from './parseAnswer.ts';
import { renderChunk } from './readChunk.ts';

const path = 'src/a.py';

/** Lines as in code: some stand often, most are told apart. */
const line = fc.oneof(
  { weight: 3, arbitrary: fc.nat(400).map((value) => `name_${value} = compute(${value * 7})`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '    return value', 'def f():', '}', '-- sql', '++ x', '@@ x', '--- a'),
  },
);
const source = fc.array(line, { minLength: 1, maxLength: 150 });

/** A text and what an edit of some of its lines makes of it. */
const change = fc
  .tuple(
    source,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('set', 'drop', 'add'), fc.nat(9_999)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([before, edits]) => {
    const after = [...before];
    for (const [place, kind, value] of edits) {
      const at = place % Math.max(1, after.length);
      if (kind === 'drop') after.splice(at, 1);
      else after.splice(at, kind === 'set' ? 1 : 0, `fresh_${value} = ${value}`);
    }
    return { before, after };
  })
  .filter(({ before, after }) => before.join('\n') !== after.join('\n') && after.length > 0);

const textOf = (lines: readonly string[]): string => lines.map((each) => `${each}\n`).join('');

/** What applying an answer comes to; undefined: it was refused. */
function apply(before: string, answer: string): string | undefined {
  const { edits, problems } = parseAnswer(answer, { fallbackPath: path });
  const [edit] = edits;
  if (edit === undefined || problems.length > 0) return undefined;
  const applied = applyEdits(before, edit);
  return applied.kind === 'applied' ? applied.text : undefined;
}

describe('an edit that is written in a form and read back', () => {
  it('is itself as a unified diff, whatever its line numbers say, or is refused', () => {
    let applied = 0;
    fc.assert(
      fc.property(change, fc.boolean(), ({ before, after }, isStripped) => {
        const [old, fresh] = [textOf(before), textOf(after)];
        const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, old, fresh, '', '', { context: 3 })
          .replace(/^=+\n/u, '')
          .replaceAll(/^@@ -\d+,?\d* \+\d+,?\d* @@/gmu, '@@ -900,7 +1,3 @@');
        const body = isStripped ? patch.replaceAll(/^ $/gmu, '') : patch;
        const result = apply(old, `\`\`\`diff\n${body}\`\`\`\n`);
        if (result === undefined) return;
        applied += 1;
        assert.equal(result, fresh);
      }),
    );
    assert.ok(applied > 50, `${applied}`);
  });

  it('is itself as data', () => {
    fc.assert(
      fc.property(change, fc.boolean(), fc.boolean(), ({ before, after }, isWhole, isFenced) => {
        const [old, fresh] = [textOf(before), textOf(after)];
        const edit = isWhole ? { path, content: fresh } : { path, old_string: old, new_string: fresh };
        const data = JSON.stringify({ edits: [edit] }, null, isFenced ? 2 : 0);
        const result = apply(old, isFenced ? `\`\`\`json\n${data}\n\`\`\`\n` : data);
        // A block of blank lines alone has no place, and a whole file much shorter than before is not believed.
        if (result !== undefined) assert.equal(result, fresh);
        else assert.ok(isWhole ? after.length < before.length / 2 : old.trim() === '' || fresh.trim() === '');
      }),
    );
  });

  it('is itself as numbered chunks', () => {
    let applied = 0;
    fc.assert(
      fc.property(change, fc.constantFrom('\n', '\r\n'), ({ before, after }, ending) => {
        const chunks = splitChunks(before);
        // One chunk has the edit: where it begins and what of the file follows it tell which.
        const chunk = chunks.find(({ start, count }) => {
          const rest = before.length - start - count;
          const sameHead = before.slice(0, start).join('\n') === after.slice(0, start).join('\n');
          return (
            sameHead &&
            before.slice(start + count).join('\n') ===
              after.slice(Math.max(start, after.length - rest)).join('\n')
          );
        });
        if (chunk === undefined) return;
        const { start, count, number } = chunk;
        const fresh = after.slice(start, after.length - (before.length - start - count));
        const answer = `${path}\n\`\`\`python\n${renderChunk({ number, text: textOf(fresh) })}\n\`\`\`\n`;
        const result = apply(textOf(before).replaceAll('\n', ending), answer);
        if (result === undefined) return;
        applied += 1;
        // Blank lines at the end of a chunk are the file's.
        const bare = (text: string): string =>
          text
            .replaceAll('\r\n', '\n')
            .replaceAll(/\n{2,}/gu, '\n')
            .trim();
        assert.equal(bare(result), bare(textOf(after)));
        if (ending === '\r\n') assert.doesNotMatch(result, /[^\r]\n/u);
      }),
    );
    assert.ok(applied > 20, `${applied}`);
  });

  it('is itself as a whole file', () =>
    fc.assert(
      fc.property(change, ({ after }) => {
        const text = textOf(after);
        assert.equal(apply('x\n', `${path}\n\`\`\`\`\`python\n${text}\`\`\`\`\`\n`), text);
      }),
    ));
});

describe('the chunks of a file', () => {
  it('are all of its lines, in order, none of them long', () =>
    fc.assert(
      fc.property(source, (lines) => {
        const chunks = splitChunks(lines);
        assert.deepEqual(
          chunks.flatMap(({ start, count }) => lines.slice(start, start + count)),
          lines,
        );
        assert.ok(
          chunks.every(({ number, count }, index) => number === index + 1 && count > 0 && count <= 60),
        );
      }),
    ));
});

describe('a chunk', () => {
  const lines = Array.from({ length: 150 }, (_, at) => (at % 25 === 24 ? '' : `name_${at} = ${at}`));
  const current = textOf(lines);
  const chunks = splitChunks(lines);
  const textAt = (number: number): string => {
    const chunk = chunks[number - 1];
    return textOf(lines.slice(chunk?.start, (chunk?.start ?? 0) + (chunk?.count ?? 0)));
  };
  const cases: readonly (readonly [what: string, number: number, text: string, reason: RegExp])[] = [
    ['that does not exist', 99, textAt(1), /there is no chunk 99; the file has chunks 1 to \d/u],
    ['under the number of another', 1, textAt(2), /looks like chunk 2/u],
    ['that is another text', 1, 'def f():\n    return 1\n', /shares too little/u],
    ['without a line', 1, '', /is empty/u],
    [
      'that leaves code out',
      1,
      `${textAt(1).split('\n').slice(0, 9).join('\n')}\n# ... rest of code\n`,
      /leaves code out/u,
    ],
  ];
  for (const [what, number, text, reason] of cases) {
    it(`${what} is refused`, () => {
      const applied = applyEdits(current, { kind: 'chunks', path, chunks: [{ number, text }] });
      assert.match(applied.kind === 'refused' ? applied.reason : applied.text, reason);
    });
  }

  it('is refused when it is given twice, and where there is no file', () => {
    const chunk = { number: 1, text: textAt(1) };
    const twice = applyEdits(current, { kind: 'chunks', path, chunks: [chunk, chunk] });
    assert.match(twice.kind === 'refused' ? twice.reason : '', /given twice/u);
    const missing = applyEdits(undefined, { kind: 'chunks', path, chunks: [chunk] });
    assert.match(missing.kind === 'refused' ? missing.reason : '', /no such file/u);
  });
});
