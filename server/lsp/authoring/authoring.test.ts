import assert from 'node:assert/strict';
import type {
  CodeAction,
  CompletionList,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  Position,
  Range,
  SelectionRange,
  SemanticTokens,
  SymbolInformation,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { applyTextEdits } from '../../engine/rules/editing/applyTextEdits.ts';
import { createLineMap } from '../../engine/documents/lineMap.ts';
import { takeCursor } from '../../test/authoringFile.ts';
import type { LspClient } from '../../test/lspClient.ts';
import { EditorHome } from '../../test/lspSession.ts';

const base =
  '---\ndescription: What all rules share\nglobs: src/**/*.ts\nabstract: true\n---\n# Style\n\nPrefer const.\n\n# Tests\n';
const child =
  '---\nextends: ./base.mdc\nalwaysApply: false\n---\n@include ./base.mdc#Tests\n\nSee @src/a.ts and [all](mdc:docs/all.md).\n';
const named = '---\nname: house style\nextends: base\n---\nText.\n';
const folder = 'workspace/.cursor/rules';

describe('help in writing rules', function () {
  this.timeout(30_000);
  let home: EditorHome;
  let client: LspClient;
  const uriOf = (name: string): string => home.uri(`${folder}/${name}`);

  before(async () => {
    home = await EditorHome.create({
      files: {
        [`${folder}/base.mdc`]: base,
        [`${folder}/child.mdc`]: child,
        [`${folder}/named.mdc`]: named,
        'workspace/src/a.ts': 'export {};\n',
        'workspace/src/b.ts': 'export {};\n',
        'workspace/docs/all.md': '# All\n',
      },
    });
    ({ client } = await home.startInProcess());
    await client.until('the rules', () => client.view?.status.rules === 2);
  });
  after(() => home.dispose());

  /** Opens a buffer and asks about its mark. */
  const ask = async <Result>(
    method: string,
    name: string,
    marked: string,
    more: object = {},
  ): Promise<Result> => {
    const { text, offset } = takeCursor(marked);
    const uri = uriOf(name);
    await client.open(uri, text, 'markdown');
    const position = createLineMap(text).positionAt(offset);
    const answer = await client.raw(method, { textDocument: { uri }, position, ...more });
    await client.close(uri);
    return answer as Result;
  };
  const whole = (text: string): Range => createLineMap(text).toRange({ start: 0, end: text.length });
  const cut = (text: string, range: Range | undefined): string => {
    const lines = createLineMap(text);
    return range === undefined ? '' : text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
  };
  const apply = (text: string, edits: readonly TextEdit[]): string => {
    const lines = createLineMap(text);
    const offset = (position: Position): number => lines.offsetAt(position);
    const spans = edits.map(({ range, newText }) => ({
      span: { start: offset(range.start), end: offset(range.end) },
      newText,
    }));
    return applyTextEdits(text, spans);
  };
  /** File names with their texts after the edits, and renamed files. */
  const outcome = (edit: WorkspaceEdit | null, texts: Readonly<Record<string, string>>): unknown =>
    Object.fromEntries(
      (edit?.documentChanges ?? []).map((change) => {
        if ('kind' in change)
          return change.kind === 'rename'
            ? [change.oldUri.split('/').pop(), change.newUri.split('/').pop()]
            : [];
        const { textDocument, edits } = change as TextDocumentEdit;
        const name = textDocument.uri.split('/').pop() ?? '';
        return [name, apply(texts[name] ?? '', edits as TextEdit[])];
      }),
    );

  it('completes what is typed, as snippets that replace the word', async () => {
    const list = await ask<CompletionList>('textDocument/completion', 'new.mdc', '---\nglobs: <|src/|>\n');
    const item = list.items.find(({ label }) => label === 'src/**/*.ts');
    assert.ok(item, list.items.map(({ label }) => label).join(', '));
    assert.deepEqual(item.textEdit, {
      range: { start: { line: 1, character: 7 }, end: { line: 1, character: 11 } },
      newText: 'src/**/*.ts',
    });
    assert.equal(item.detail, '2 files');
    assert.equal(list.isIncomplete, false);
  });

  it('keeps quiet behind a blank in prose, and speaks when it is asked', async () => {
    const text = '---\nglobs: a\n---\n <||>';
    const typed = await ask<CompletionList>('textDocument/completion', 'new.mdc', text, {
      context: { triggerKind: 2, triggerCharacter: ' ' },
    });
    assert.deepEqual(typed.items, []);
    const asked = await ask<CompletionList>('textDocument/completion', 'new.mdc', text, {
      context: { triggerKind: 1 },
    });
    assert.deepEqual(
      asked.items.map(({ label }) => label),
      ['<rule>'],
    );
  });

  it('tells in a hover what a rule inherits, and from where', async () => {
    const hover = await ask<Hover>('textDocument/hover', 'child.mdc', child.replace('---', '<||>---'));
    const { value } = hover.contents as { readonly value: string };
    assert.match(value, /\*\*Auto Attached\*\*/);
    assert.match(value, /Matches 2 files now: `src\/a\.ts`, `src\/b\.ts`/);
    assert.match(value, /- `globs` ← `base\.mdc:3`/);
    assert.match(value, /Inherits from `\.cursor\/rules\/base\.mdc`/);
  });

  it('leads from references to what they name', async () => {
    const cases: readonly (readonly [string, string, number])[] = [
      ['extends: ./ba<||>se.mdc', `${folder}/base.mdc`, 0],
      ['@include ./ba<||>se.mdc#Tests', `${folder}/base.mdc`, 9],
      ['@src/a<||>.ts', 'workspace/src/a.ts', 0],
      ['mdc:docs/a<||>ll.md', 'workspace/docs/all.md', 0],
    ];
    for (const [marked, target, line] of cases) {
      const text = child.replace(marked.replace('<||>', ''), marked);
      const [link] = await ask<LocationLink[]>('textDocument/definition', 'child.mdc', text);
      assert.equal(link?.targetUri, home.uri(target), marked);
      assert.equal(link.targetRange.start.line, line, marked);
      assert.equal(
        cut(child, link.originSelectionRange).includes('base') || target.includes('workspace/'),
        true,
      );
    }
  });

  it('leads to bundled rules, which the extension shows', async () => {
    const text = '---\nextends: builtin:generate-no<||>de-tests\n---\n';
    const [link] = await ask<LocationLink[]>('textDocument/definition', 'new.mdc', text);
    assert.equal(link?.targetUri, 'builtin:generate-node-tests');
  });

  it('finds all that refers to a rule', async () => {
    const found = await ask<Location[]>(
      'textDocument/references',
      'base.mdc',
      base.replace('---', '<||>---'),
      {
        context: { includeDeclaration: true },
      },
    );
    const names = found.map(({ uri, range }) => `${uri.split('/').pop()}:${range.start.line}`);
    assert.deepEqual(names.toSorted(), ['base.mdc:0', 'child.mdc:1', 'child.mdc:4', 'named.mdc:2']);
  });

  it('renames a file with all that refers to it, by path and by name', async () => {
    const marked = child.replace('./base.mdc\n', './ba<||>se.mdc\n');
    const place = await ask<{ range: Range; placeholder: string }>(
      'textDocument/prepareRename',
      'child.mdc',
      marked,
    );
    assert.deepEqual([cut(child, place.range), place.placeholder], ['./base.mdc', './base.mdc']);
    const edit = await ask<WorkspaceEdit>('textDocument/rename', 'child.mdc', marked, {
      newName: './shared.mdc',
    });
    assert.deepEqual(outcome(edit, { 'child.mdc': child, 'named.mdc': named }), {
      'child.mdc': child.replaceAll('base.mdc', 'shared.mdc'),
      'named.mdc': named.replace('extends: base', 'extends: shared'),
      'base.mdc': 'shared.mdc',
    });
  });

  it('renames a rule that has a name there', async () => {
    const edit = await ask<WorkspaceEdit>(
      'textDocument/rename',
      'named.mdc',
      named.replace('house', 'ho<||>use'),
      {
        newName: 'code style',
      },
    );
    assert.deepEqual(outcome(edit, { 'named.mdc': named }), {
      'named.mdc': named.replace('house style', 'code style'),
    });
  });

  it('says why something cannot be renamed', async () => {
    const marked = child.replace('./base.mdc\n', './ba<||>se.mdc\n');
    await assert.rejects(
      ask('textDocument/rename', 'child.mdc', marked, { newName: './named.mdc' }),
      /named\.mdc is there already/,
    );
    assert.equal(
      await ask('textDocument/prepareRename', 'child.mdc', child.replace('alwaysApply', 'always<||>Apply')),
      null,
    );
  });

  it('updates references before a file or folder gets another path', async () => {
    const rename = (oldPath: string, newPath: string) =>
      client.raw('workspace/willRenameFiles', {
        files: [{ oldUri: home.uri(oldPath), newUri: home.uri(newPath) }],
      });
    const file = (await rename('workspace/src/a.ts', 'workspace/lib/c.ts')) as WorkspaceEdit;
    assert.deepEqual(outcome(file, { 'child.mdc': child }), {
      'child.mdc': child.replace('@src/a.ts', '@lib/c.ts'),
    });
    const moved = (await rename('workspace/docs', 'workspace/pages')) as WorkspaceEdit;
    assert.deepEqual(outcome(moved, { 'child.mdc': child }), {
      'child.mdc': child.replace('mdc:docs/', 'mdc:pages/'),
    });
    assert.equal(await rename('workspace/src/b.ts', 'workspace/src/c.ts'), null);
  });

  it('links references to their files', async () => {
    const links = await ask<DocumentLink[]>('textDocument/documentLink', 'child.mdc', child);
    assert.deepEqual(
      links.map(({ range, target }) => [cut(child, range), target?.split('/').pop()]),
      [
        ['./base.mdc', 'base.mdc'],
        ['./base.mdc', 'base.mdc'],
        ['src/a.ts', 'a.ts'],
        ['docs/all.md', 'all.md'],
      ],
    );
  });

  it('outlines, folds, colours and selects', async () => {
    const symbols = await ask<DocumentSymbol[]>('textDocument/documentSymbol', 'base.mdc', base);
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['Frontmatter', 'Style', 'Tests'],
    );
    const folds = await ask<FoldingRange[]>('textDocument/foldingRange', 'base.mdc', base);
    assert.deepEqual(
      folds.map(({ startLine, endLine }) => [startLine, endLine]),
      [
        [0, 4],
        [5, 7],
      ],
    );
    const tokens = await ask<SemanticTokens>('textDocument/semanticTokens/full', 'base.mdc', base);
    assert.deepEqual(tokens.data.slice(0, 5), [1, 0, 'description'.length, 0, 0]);
    const [selection] = await ask<SelectionRange[]>('textDocument/selectionRange', 'base.mdc', base, {
      positions: [{ line: 2, character: 8 }],
    });
    assert.equal(cut(base, selection?.range), 'src');
    assert.equal(cut(base, selection?.parent?.range), 'src/**/*.ts');
  });

  it('hints at what a rule comes to', async () => {
    const hints = await ask<InlayHint[]>('textDocument/inlayHint', 'base.mdc', base, { range: whole(base) });
    assert.deepEqual(
      hints.map(({ label, position }) => [label, position.line]),
      [
        ['Abstract', 0],
        ['2 files', 2],
      ],
    );
  });

  it('finds rules of the workspace by their names', async () => {
    const symbols = (await client.raw('workspace/symbol', { query: 'hst' })) as SymbolInformation[];
    assert.deepEqual(
      symbols.map(({ name, location }) => [name, location.uri]),
      [['house style', uriOf('named.mdc')]],
    );
  });

  it('formats, the whole or a part', async () => {
    const text = '---\nglobs:   **/*.ts\ndescription:  x\n---\nText';
    const edits = await ask<TextEdit[]>('textDocument/formatting', 'new.mdc', text, { options: {} });
    assert.equal(apply(text, edits), '---\nglobs: "**/*.ts"\ndescription: x\n---\nText\n');
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    const part = await ask<TextEdit[]>('textDocument/rangeFormatting', 'new.mdc', text, {
      options: {},
      range,
    });
    assert.equal(apply(text, part), '---\nglobs:   **/*.ts\ndescription: x\n---\nText');
  });

  it('mends problems one by one, and all that are certain', async () => {
    const text = '---\ndescripton: x\nglobs: src/**/*.ts\n---\nText.\n';
    const uri = uriOf('broken.mdc');
    await client.open(uri, text, 'mdc');
    const [diagnostic] = await client.until('the problem', () => {
      const found = client.diagnostics.get(uri);
      return found?.some(({ code }) => code === 'rule.unknown-key') && found;
    });
    assert.match(diagnostic?.codeDescription?.href ?? '', /problems\.md#ruleunknown-key$/);
    const params = {
      textDocument: { uri },
      range: diagnostic?.range,
      context: { diagnostics: [diagnostic] },
    };
    const actions = (await client.raw('textDocument/codeAction', params)) as CodeAction[];
    const fix = actions.find(({ isPreferred }) => isPreferred === true) ?? actions[0];
    assert.equal(apply(text, fix?.edit?.changes?.[uri] ?? []), text.replace('descripton', 'description'));
    assert.deepEqual(
      fix?.diagnostics?.map(({ code }) => code),
      ['rule.unknown-key'],
    );
    const all = { ...params, range: whole(text), context: { diagnostics: [], only: ['source.fixAll'] } };
    const [fixAll] = (await client.raw('textDocument/codeAction', all)) as CodeAction[];
    assert.equal(fixAll?.kind, 'source.fixAll');
    assert.equal(apply(text, fixAll.edit?.changes?.[uri] ?? []), text.replace('descripton', 'description'));
    await client.close(uri);
  });

  it('shows problems as fast as they are typed, and those of children when typing pauses', async () => {
    const uri = uriOf('named.mdc');
    await client.open(uriOf('base.mdc'), base, 'mdc');
    const started = client.all('textDocument/publishDiagnostics').length;
    await client.change(uriOf('base.mdc'), base.replace('---', '---\nname: other'));
    await client.until('the missing parent', () => client.codes(uri).includes('rule.missing-parent'));
    assert.ok(client.all('textDocument/publishDiagnostics').length > started);
    await client.close(uriOf('base.mdc'));
    await client.until('the parent again', () => !client.codes(uri).includes('rule.missing-parent'));
  });

  it('answers nothing about other files, and goes on after nonsense', async () => {
    const uri = home.uri('workspace/src/a.ts');
    await client.open(uri);
    const position = { line: 0, character: 0 };
    for (const method of ['completion', 'hover', 'definition', 'documentSymbol', 'formatting'])
      assert.equal(await client.raw(`textDocument/${method}`, { textDocument: { uri }, position }), null);
    await client.close(uri);
    await assert.rejects(client.raw('textDocument/hover', {}));
    const far = { line: 9_999_999, character: 9_999_999 };
    await client.open(uriOf('base.mdc'), base);
    assert.equal(
      await client.raw('textDocument/hover', { textDocument: { uri: uriOf('base.mdc') }, position: far }),
      null,
    );
    await client.close(uriOf('base.mdc'));
  });
});
