import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskEdits } from '../adapters/diskEdits.ts';
import { DiskFiles } from '../adapters/diskFiles.ts';
import { parseAnswer } from '../engine/generation/formats/parseAnswer.ts';
import { applyEdits } from '../engine/generation/locate/applyEdits.ts';
import { ruleOf, runAct, withRule } from './actionSlice.ts';
import { answer } from './sampleSlice.ts';
import { neverAborted } from './sliceWorkspace.ts';

const path = 'src/a.js';
const rule = ruleOf('- type: generate', '  message: Change it.');
const [from, to] = ['export const b = 1;', 'export const b = 2;'];
const edit = answer(path, '<<<<<<< SEARCH', from, '=======', to, '>>>>>>> REPLACE');
const grown = answer(path, '<<<<<<< SEARCH', from, '=======', to, 'export const c = 3;', '>>>>>>> REPLACE');

describe('what a file keeps when an edit lands', function () {
  this.timeout(60_000);

  const kept: readonly (readonly [what: string, text: string])[] = [
    ['a byte order mark', `\uFEFF// a\n${from}\n`],
    ['CRLF', `// a\r\n${from}\r\n// c\r\n`],
    ['a byte order mark and CRLF', `\uFEFF// a\r\n${from}\r\n`],
    ['mixed line ends', `// a\r\n// b\n${from}\n// c\r\n// d\n`],
    ['a missing final newline', `// a\n${from}`],
    ['a missing final newline with CRLF', `// a\r\n${from}`],
    ['blank lines at the end', `// a\n${from}\n\n\n`],
    ['trailing spaces elsewhere', `// a   \n${from}\n\t\n`],
    ['a no-break space, an emoji and a combining mark elsewhere', `// a\u00A0\u{1F600}e\u0301\n${from}\n`],
    ['a lone carriage return elsewhere', `// a\rb\n${from}\n`],
  ];
  const added: readonly (readonly [what: string, text: string, ending: string])[] = [
    ['CRLF', `// a\r\n${from}\r\n`, '\r\n'],
    ['LF', `// a\n${from}\n`, '\n'],
    ['the line ends around it, where they are mixed', `// a\n// b\n${from}\r\n// c\r\n`, '\r\n'],
  ];

  const root = mkdtempSync(join(tmpdir(), 'preserved-'));
  after(() => rmSync(root, { recursive: true, force: true }));

  /** From the disk to the disk, without the run around it. */
  async function edited(text: string, { text: said }: { readonly text: string }): Promise<Buffer> {
    const files = new DiskFiles();
    writeFileSync(join(root, 'a.js'), text);
    const read = await files.read(root, 'a.js', neverAborted);
    assert.ok(read.kind === 'text');
    const [parsed] = parseAnswer(said.replaceAll(path, 'a.js')).edits;
    assert.ok(parsed);
    const applied = applyEdits(read.text, parsed);
    assert.ok(applied.kind === 'applied');
    const proposed = { path: 'a.js', before: read.text, after: applied.text };
    const landing = { run: 'r', root, title: '', files: [proposed] };
    assert.deepEqual(await createDiskEdits(files).land(landing, neverAborted), { kind: 'landed' });
    return readFileSync(join(root, 'a.js'));
  }

  for (const [what, text] of kept)
    it(what, async () => assert.deepEqual(await edited(text, edit), Buffer.from(text.replace(from, to))));
  for (const [what, text, ending] of added)
    it(`a new line takes ${what}`, async () =>
      assert.deepEqual(
        await edited(text, grown),
        Buffer.from(text.replace(from, `${to}${ending}export const c = 3;`)),
      ));

  it('all of it in a whole run too', () => {
    const text = `\uFEFF// a\r\n// b\n${from}`;
    return withRule(
      rule,
      async (slice) => {
        const result = await runAct(slice, path);
        assert.deepEqual([result.outcome, result.code], ['landed', 'ok'], result.message);
        assert.deepEqual(readFileSync(join(slice.root, path)), Buffer.from(text.replace(from, to)));
      },
      { files: { [path]: text }, script: [edit], settings: { approval: 'auto' } },
    );
  });

  const foreign: readonly (readonly [what: string, bytes: Buffer])[] = [
    ['UTF-16', Buffer.from(`\uFEFF${from}\n`, 'utf16le')],
    ['Latin-1', Buffer.from(`// caf\u00E9\n${from}\n`, 'latin1')],
    ['a file with NUL', Buffer.from(`${from}\0\n`)],
  ];
  for (const [what, bytes] of foreign) {
    it(`${what} is refused before a model is asked, and stays as it is`, () =>
      withRule(
        rule,
        async (slice) => {
          writeFileSync(join(slice.root, path), bytes);
          const result = await runAct(slice, path);
          assert.deepEqual([result.outcome, result.code], ['refused', 'source.not-text'], result.message);
          assert.match(result.message, /src\/a\.js is not UTF-8 text/u);
          assert.equal(slice.models.requests.length, 0);
          assert.deepEqual(readFileSync(join(slice.root, path)), bytes);
        },
        { script: [edit], settings: { approval: 'auto' } },
      ));
  }
});
