import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Position, Range } from 'vscode-languageserver/node';
import { createLineMap } from '../../engine/documents/lineMap.ts';
import { EditorHome } from '../../test/lspSession.ts';
import { createSeededRandom } from '../../test/seededRandom.ts';

const corpus = new URL('../../../test-fixtures/rules/corpus/', import.meta.url);
const samples = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.mdc(?:\.md)?$/.test(file))
  .map((file) => readFileSync(new URL(file, corpus), 'utf8'));

/** Every range that an answer holds, however deep. */
function rangesIn(answer: unknown): readonly Range[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const own = 'start' in answer && 'end' in answer ? [answer as Range] : [];
  return [...own, ...Object.values(answer).flatMap(rangesIn)];
}

const aboutFile = [
  'documentSymbol',
  'foldingRange',
  'documentLink',
  'semanticTokens/full',
  'codeLens',
  'formatting',
];
const aboutPlace = [
  'completion',
  'hover',
  'definition',
  'references',
  'prepareRename',
  'selectionRange',
  'codeAction',
];

describe('help in writing, asked about public rule files', function () {
  this.timeout(120_000);
  let home: EditorHome;
  afterEach(() => home.dispose());

  it('answers everything with places that are there, in whole texts and in half-typed ones', async () => {
    home = await EditorHome.create({ files: { 'workspace/src/a.ts': '' } });
    const { client } = await home.startInProcess();
    const random = createSeededRandom(11);
    const uri = home.uri('workspace/.cursor/rules/x.mdc');
    await client.open(uri, '');
    for (const text of samples) {
      const lines = createLineMap(text);
      const position = lines.positionAt(Math.floor(random.fraction() * Math.min(text.length, 3_000)));
      for (const typed of [text, text.slice(0, lines.offsetAt(position))]) {
        await client.change(uri, typed);
        const own = createLineMap(typed);
        const isThere = ({ line, character }: Position): boolean =>
          line < own.lineCount &&
          own.offsetAt({ line, character }) - own.offsetAt({ line, character: 0 }) === character;
        const all = own.toRange({ start: 0, end: typed.length });
        const params = {
          textDocument: { uri },
          position,
          positions: [position],
          range: { start: position, end: position },
          context: { includeDeclaration: false, diagnostics: [] },
          options: {},
        };
        for (const method of [...aboutFile, ...aboutPlace, 'inlayHint']) {
          const asked = method === 'inlayHint' ? { ...params, range: all } : params;
          const answer = await client.raw(`textDocument/${method}`, asked);
          for (const { start, end } of rangesIn(answer))
            assert.ok(isThere(start) && isThere(end), `${method}: ${JSON.stringify({ start, end })}`);
        }
      }
    }
    const faults = client.log().filter((line) => line.includes('failed'));
    assert.deepEqual(faults, []);
  });

  it('stops when it is cancelled, and answers the next question', async () => {
    home = await EditorHome.create();
    const { client } = await home.startInProcess();
    const uri = home.uri('workspace/x.mdc');
    await client.open(uri, '---\nglobs: \n---\n');
    const params = { textDocument: { uri }, position: { line: 1, character: 7 } };
    const method = 'textDocument/completion';
    await client
      .cancelled<object, unknown>({ method }, params)
      .catch((error: { readonly code?: number }) => assert.equal(error.code, -32800));
    assert.ok(await client.raw(method, params));
  });
});
