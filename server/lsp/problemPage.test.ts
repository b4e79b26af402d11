import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { problemPage } from './problemPage.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the page of a problem', () => {
  it('lies in the published repository, in a section that is there', () => {
    const { repository } = JSON.parse(read('package.json')) as {
      readonly repository: { readonly url: string };
    };
    const sections = Array.from(
      read('docs/rules/problems.md').matchAll(/^## (rule\.[\w-]+)$/gm),
      ([, code]) => code ?? '',
    );
    assert.ok(sections.length > 20);
    for (const code of sections) {
      const page = `${repository.url.replace(/\.git$/, '')}/blob/main/docs/rules/problems.md`;
      assert.equal(problemPage(code), `${page}#${code.replace('.', '')}`);
    }
  });

  it('is one for all of models.yaml', () => {
    assert.match(problemPage('models.no-model') ?? '', /docs\/models\.md#problems-in-modelsyaml$/);
    assert.match(read('docs/models.md'), /^## Problems in models\.yaml$/m);
  });

  it('is none for other findings', () => assert.equal(problemPage('test.failed'), undefined));
});
