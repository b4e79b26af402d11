import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import { parseRuleDocument } from '../rules/parseRuleDocument.ts';
import { findImports } from './findImports.ts';

const { signal } = new AbortController();

async function find(texts: Readonly<Record<string, string>>) {
  return findImports(createInMemoryFiles(texts), '/w', signal);
}

describe('findImports', () => {
  it('offers nothing where no other tool has rules', async () => {
    assert.deepEqual(await find({ 'src/a.ts': '', '.cursor/rules/a.mdc': 'A' }), []);
  });

  it('offers what each tool has, as rule files of ours', async () => {
    const offers = await find({
      'CLAUDE.md': '# Claude\n\nBe kind.\n',
      'AGENTS.md': 'Be brief.\n',
      'sub/AGENTS.md': 'Only below.\n',
    });
    assert.deepEqual(
      offers.map(({ dialect, sources, files }) => [dialect, sources.length, files.length]),
      [
        ['agents', 2, 2],
        ['claude', 1, 1],
      ],
    );
    for (const { files } of offers)
      for (const { path, text, exists } of files) {
        const { file, problems } = parseRuleDocument(path, text);
        assert.equal(exists, false);
        assert.deepEqual([file.active, problems.filter(({ severity }) => severity === 'error')], [true, []]);
      }
    assert.match(offers[1]?.files[0]?.text ?? '', /Be kind\./);
  });

  it('says which of them are there already, and what is lost', async () => {
    const [first] = await find({ 'CLAUDE.md': 'Be kind.\n' });
    const path = first?.files[0]?.path ?? '';
    const [again] = await find({ 'CLAUDE.md': 'Be kind.\n', [path]: 'Own.\n' });
    assert.deepEqual(
      again?.files.map((file) => [file.path, file.exists]),
      [[path, true]],
    );
    const [broken] = await find({
      '.github/instructions/x.instructions.md': '---\napplyTo: "../out"\n---\nText.\n',
    });
    assert.deepEqual(broken?.files, []);
    assert.match(broken?.losses[0]?.message ?? '', /^It is left out, since it has an error/);
  });
});
