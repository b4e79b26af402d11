import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { LspClient } from '../test/lspClient.ts';
import { EditorHome } from '../test/lspSession.ts';

const rules = 'workspace/.cursor/rules';
const parent = '---\ndescription: The base\nglobs: src/**/*.ts\n---\nBase.\n';
const child = '---\nextends: ./base.mdc\n---\nChild.\n';

describe('rules that inherit and include', function () {
  this.timeout(30_000);
  let home: EditorHome;
  let client: LspClient;

  beforeEach(async () => {
    home = await EditorHome.create({
      files: {
        [`${rules}/base.mdc`]: parent,
        [`${rules}/child.mdc`]: child,
        [`${rules}/other.mdc`]: '---\nglobs: "lib/**"\n---\nOther.\n',
        [`${rules}/with.mdc`]: '---\nglobs: docs/**\n---\n@include ../../docs/part.md#Two\n',
        'workspace/docs/part.md': '# One\n\n# Two\n',
        'workspace/src/a.ts': '',
        'workspace/lib/a.ts': '',
      },
    });
    ({ client } = await home.startInProcess());
    await client.until('the rules', () => client.view?.status.rules === 4);
  });
  afterEach(() => home.dispose());

  const uri = (name: string): string => home.uri(`${rules}/${name}.mdc`);
  const concerned = /parent|include|inherited/;
  const codes = (name: string, expected: readonly string[]): Promise<true> =>
    client.until(`${expected.join() || 'no problem'} in ${name}`, () => {
      const shown = client.codes(uri(name)).map(String);
      return shown.filter((code) => concerned.test(code)).join() === expected.join() && true;
    });

  it('show problems of children while a parent is typed, and of no other file', async () => {
    await client.open(uri('base'));
    await client.change(uri('base'), parent.replace('globs:', 'alwaysApply: true\nglobs:'));
    await codes('child', ['rule.inherited-always']);
    const published = client.all<{ readonly uri: string }>('textDocument/publishDiagnostics');
    assert.ok(!published.some((params) => params.uri === uri('with')));
    await client.change(uri('base'), parent);
    await codes('child', []);
    await client.change(uri('base'), parent.replace('description', 'extends: child\ndescription'));
    await codes('child', ['rule.cyclic-parent']);
    await client.close(uri('base'));
    await codes('child', []);
  });

  it('lose a parent with its file, and have it again when it comes back', async () => {
    rmSync(home.path(`${rules}/base.mdc`));
    await client.watched({ uri: uri('base'), type: 3 });
    await codes('child', ['rule.missing-parent']);
    home.write(`${rules}/base.mdc`, parent);
    await client.watched({ uri: uri('base'), type: 1 });
    await codes('child', []);
  });

  for (const file of ['docs/part.txt', 'src/part.py', 'LICENSE', 'src/a.ts', '.github/part.yml']) {
    it(`follow what they include whatever it is, when another program writes it: ${file}`, async () => {
      home.write(`workspace/${file}`, '# Two\n');
      await client.watched({ uri: home.uri(`workspace/${file}`), type: 1 });
      home.write(`${rules}/with.mdc`, `---\nglobs: docs/**\n---\n@include /${file}#Two\n`);
      await client.watched({ uri: uri('with'), type: 2 });
      await codes('with', []);
      home.write(`workspace/${file}`, '# One\n');
      await client.watched({ uri: home.uri(`workspace/${file}`), type: 2 });
      await codes('with', ['rule.missing-include']);
      rmSync(home.path(`workspace/${file}`));
      await client.watched({ uri: home.uri(`workspace/${file}`), type: 3 });
      home.write(`workspace/${file}`, '# Two\n\nAgain\n');
      await client.watched({ uri: home.uri(`workspace/${file}`), type: 1 });
      await codes('with', []);
      const params = { folder: home.path('workspace'), ruleId: '.cursor/rules/with.mdc' };
      assert.match(JSON.stringify(await client.raw('codegenLab/readEffectiveRule', params)), /Again/);
    });
  }

  it('follow the files that they include, on the disk and as they are typed', async () => {
    const fragment = home.uri('workspace/docs/part.md');
    home.write('workspace/docs/part.md', '# One\n');
    await client.watched({ uri: fragment, type: 2 });
    await codes('with', ['rule.missing-include']);
    await client.open(fragment, '# One\n');
    await client.change(fragment, '# One\n\n# Two\n');
    await codes('with', []);
    await client.close(fragment);
    await codes('with', ['rule.missing-include']);
  });
});
