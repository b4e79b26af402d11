import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createInMemoryFiles } from '../../../test/inMemoryFiles.ts';
import { readProblemFixtures } from '../../../test/problemFixtures.ts';
import { createWorkspacePaths, type WorkspacePaths } from '../globs/workspacePaths.ts';
import { createRuleStore } from '../ruleStore.ts';
import { problemCodes } from '../severities/problemCodes.ts';
import { defaultProblemSettings } from '../severities/problemSettings.ts';
import { bodyKey } from './peerKeys.ts';
import { problemsOf } from './problemsOf.ts';
import { rulePeersOf } from './rulePeers.ts';

const signal = new AbortController().signal;
const body = 'Prefer plain words. Say what happened, and what to do next. Never blame the reader.\n';

const fiveFiles = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`src/${name}.ts`, '']));

async function openFolder(texts: Readonly<Record<string, string>>) {
  const files = createInMemoryFiles(texts);
  const store = createRuleStore({ files, root: '/w' });
  await store.load(signal);
  const paths = createWorkspacePaths(Object.keys(texts));
  const codes = (path: string): readonly string[] => {
    const document = store.saved.document(path);
    const context = { catalog: store.saved, paths, settings: defaultProblemSettings };
    return document === undefined ? [] : problemsOf(document, context).map(({ code }) => code);
  };
  return { files, store, paths, codes };
}

describe('problemsOf', () => {
  it('follows the other rules as they come, change and go', async () => {
    const one = '.cursor/rules/one.mdc';
    const two = '.cursor/rules/two.mdc';
    const { files, store, codes } = await openFolder({ [one]: body });
    assert.deepEqual(codes(one), []);
    files.write(two, body);
    await store.reload([two], signal);
    assert.deepEqual([codes(one), codes(two)], [['rule.duplicate-body'], ['rule.duplicate-body']]);
    files.write(two, `${body}And more.\n`);
    await store.reload([two], signal);
    assert.deepEqual([codes(one), codes(two)], [[], []]);
    files.write(two, `---\nname: one\n---\n${body}`);
    await store.reload([two], signal);
    assert.deepEqual(codes(one).toSorted(), ['rule.duplicate-body', 'rule.duplicate-name']);
    files.write(two, undefined);
    await store.reload([two], signal);
    assert.deepEqual(codes(one), []);
  });

  it('let a block have the name of the inherited one that it replaces', async () => {
    const [base, child, other] = ['base', 'child', 'other'].map((name) => `.cursor/rules/${name}.mdc`) as [
      string,
      string,
      string,
    ];
    const block = (message: string) =>
      `<rule>\nname: tone\nactions:\n  - type: suggest\n    message: ${message}\n</rule>\n`;
    const { codes } = await openFolder({
      [base]: `---\nabstract: true\n---\n${block('Be kind.')}`,
      [child]: `---\nextends: base\nglobs: a\n---\n${block('Be plain.')}`,
    });
    assert.deepEqual([codes(base), codes(child)], [[], []]);
    const rivals = await openFolder({ [base]: block('Be kind.'), [other]: block('Be plain.') });
    assert.deepEqual(rivals.codes(other), ['rule.duplicate-name']);
  });

  it('take a link to a folder for one to what lies in it', async () => {
    const path = '.cursor/rules/one.mdc';
    const links = [
      'docs/',
      'docs',
      '/docs/',
      '../../docs/api',
      'my%20docs/',
      'docs/ap',
      'doc/',
      '../../../docs',
    ];
    const text = `---\nglobs: a\n---\n${links.map((to) => `[x](mdc:${to})\n`).join('')}`;
    const { store, paths } = await openFolder({ [path]: text, 'docs/api/a.md': '', 'my docs/b.md': '' });
    const document = store.saved.document(path);
    assert.ok(document);
    const missing = problemsOf(document, { catalog: store.saved, paths, settings: defaultProblemSettings });
    const named = missing.map(({ span }) => text.slice(span.start, span.end));
    assert.deepEqual(named, ['docs/ap', 'doc/', '../../../docs']);
  });

  it('guess no name that is the one written, where something else is wrong with it', async () => {
    const path = '.cursor/rules/one.mdc';
    const include = (target: string) => `---\nglobs: a\n---\n@include ${target}\n`;
    const messageOf = async (target: string): Promise<string> => {
      const texts = { [path]: include(target), '.cursor/rules/style.md': '# Tone\n', '.env.sample': 'A=1\n' };
      const { store, paths } = await openFolder(texts);
      const document = store.saved.document(path);
      assert.ok(document);
      const context = { catalog: store.saved, paths, settings: defaultProblemSettings };
      return problemsOf(document, context)
        .map(({ message }) => message)
        .join(' ');
    };
    assert.match(await messageOf('./stlye.md'), /Did you mean `\.\/style\.md`/);
    assert.match(await messageOf('./style.md#Tine'), /no heading “Tine”\. Nothing stands in its place\.$/);
  });

  it('takes drafts for no rivals, and rules of folders that the user named for rules', async () => {
    const [one, draft, named] = ['.cursor/rules/one.mdc', '.cursor/drafts/two.mdc', 'docs/rules/three.mdc'];
    const files = createInMemoryFiles({ [one]: body, [draft]: body, [named]: body });
    const store = createRuleStore({ files, root: '/w' });
    await store.load(signal);
    const codes = (path: string): readonly string[] => store.saved.problems(path).map(({ code }) => code);
    assert.deepEqual([one, draft, named].map(codes), [[], [], []]);
    store.useFolders(['docs/rules']);
    assert.deepEqual([one, draft, named].map(codes), [['rule.duplicate-body'], [], ['rule.duplicate-body']]);
  });

  it('follows the files of the folder', async () => {
    const path = '.cursor/rules/a.mdc';
    const { paths, codes } = await openFolder({ [path]: '---\nglobs: docs/*.md\n---\n' });
    assert.deepEqual(codes(path), []);
    for (const name of ['a', 'b', 'c', 'd']) paths.add(`src/${name}.ts`);
    assert.deepEqual(codes(path), ['rule.unmatched-glob']);
    paths.add('docs/a.md');
    assert.deepEqual(codes(path), []);
  });

  it('says of a bare glob how many files it is about', async () => {
    const path = '.cursor/rules/a.mdc';
    const texts = { [path]: '---\nglobs: *.ts\n---\n', 'a.ts': '', 'src/b.ts': '', 'src/c.ts': '' };
    const { store, paths } = await openFolder(texts);
    const document = store.saved.document(path);
    assert.ok(document);
    const context = { catalog: store.saved, paths, settings: defaultProblemSettings };
    const [problem, ...others] = problemsOf(document, context);
    assert.deepEqual(others, []);
    assert.match(problem?.message ?? '', /one file now; `\*\*\/\*\.ts` is about 3 files/);
    assert.deepEqual(problem?.data, { here: '1', below: '3' });
  });

  it('keeps the index of a folder as long as nothing changes', async () => {
    const { store } = await openFolder({ '.cursor/rules/a.mdc': body, '.cursor/rules/b.mdc': body });
    const rule = store.saved.rule('.cursor/rules/a.mdc');
    const key = (rule && bodyKey(rule)) ?? '';
    const before = rulePeersOf(store.saved).find(key);
    assert.equal(before.length, 2);
    assert.equal(rulePeersOf(store.saved).find(key), before);
  });

  it('says what is wrong in both of two contrary rules, and points at the other', async () => {
    const rule = (type: string, must: string): string =>
      `---\nglobs: src/*.ts\nactions:\n  - type: ${type}\n    conditions:\n      - pattern: "^// Copyright"\n        must: ${must}\n        message: x\n---\n`;
    const [one, two] = ['.cursor/rules/one.mdc', '.cursor/rules/two.mdc'];
    const { codes } = await openFolder({
      [one]: rule('reject', 'absent'),
      [two]: rule('validate', 'present'),
    });
    assert.deepEqual([codes(one), codes(two)], [['rule.contradicting-rules'], ['rule.contradicting-rules']]);
  });

  it('says a hint fifty times in a file, and then how many more there are', async () => {
    const path = '.cursor/rules/a.mdc';
    const globs = Array.from({ length: 3_000 }, (_, at) => `f${at}*.ts`);
    const text = `---\nglobs: ${globs.join(', ')}\nalwaysApply: 3\n---\n`;
    const { store, paths } = await openFolder({ [path]: text, ...fiveFiles });
    const document = store.saved.document(path);
    assert.ok(document);
    const context = { catalog: store.saved, paths, settings: defaultProblemSettings };
    const problems = problemsOf(document, context);
    assert.deepEqual(
      problems.map(({ code }) => code),
      [...Array.from({ length: 51 }, () => 'rule.bare-glob'), 'rule.wrong-type'],
    );
    const summary = problems[50];
    assert.match(
      summary?.message ?? '',
      /^Here and below there are \d+ more of this problem, `rule\.bare-glob`/,
    );
    assert.equal(text.slice(summary?.span.start, summary?.span.end), 'f50*.ts');
  });

  it('caps what others show too, and neither what is graver nor what is one more', async () => {
    const path = '.cursor/rules/a.mdc';
    const globsOf = (count: number): string =>
      `---\nglobs: ${Array.from({ length: count }, (_, at) => `none/f${at}.ts`).join(', ')}\n---\n`;
    const shown = async (count: number, severity?: 'error'): Promise<readonly string[]> => {
      const { store, paths } = await openFolder({ [path]: globsOf(count), ...fiveFiles });
      const document = store.saved.document(path);
      assert.ok(document);
      const severities = new Map(severity === undefined ? [] : [['rule.unmatched-glob', severity] as const]);
      return problemsOf(document, { catalog: store.saved, paths, settings: { severities } }).map(
        ({ message }) => message,
      );
    };
    assert.equal((await shown(51)).length, 51);
    assert.deepEqual((await shown(51)).at(-1), '`none/f50.ts` matches no file of this folder now.');
    assert.equal((await shown(200)).length, 51);
    assert.match((await shown(200)).at(-1) ?? '', /^Here and below there are 150 more/);
    assert.equal((await shown(200, 'error')).length, 200);
  });

  it('counts the globs of a rule together, however many there are', async () => {
    const path = '.cursor/rules/a.mdc';
    const globs = Array.from({ length: 300 }, (_, at) => `none/f${at}.ts`);
    const text = `---\nglobs: ${globs.join(', ')}, ${globs.map((_, at) => `b${at}*`).join(', ')}\n---\n`;
    const { store, paths } = await openFolder({ [path]: text, ...fiveFiles });
    const asked: (readonly string[])[] = [];
    let together = 0;
    const counted: WorkspacePaths = {
      ...paths,
      countMatching: (each, scope) => {
        asked.push(each);
        return paths.countMatching(each, scope);
      },
      countEach: (each, scope) => {
        together += each.length;
        return paths.countEach(each, scope);
      },
    };
    const document = store.saved.document(path);
    assert.ok(document);
    problemsOf(document, { catalog: store.saved, paths: counted, settings: defaultProblemSettings });
    assert.deepEqual(
      asked.filter((each) => each.length > 0),
      [],
    );
    assert.equal(together, 300 + 2 * 300);
  });

  it('is total and in order, whatever stands in the files of a folder', async () => {
    const pieces = readProblemFixtures()
      .flatMap(({ bad, good }) => [good, ...bad.map(({ text }) => text)])
      .filter((text) => text.length < 3000)
      .flatMap((text) => [text, ...text.split(/(?<=\n)/)]);
    const text = fc
      .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(''));
    const folder = fc.tuple(text, text, text);
    await fc.assert(
      fc.asyncProperty(folder, async ([one, two, three]) => {
        const texts = {
          '.cursor/rules/one.mdc': one,
          '.cursor/rules/two.mdc': two,
          'web/.cursor/rules/base.mdc': three,
        };
        const { store, paths } = await openFolder({ ...texts, 'src/a.ts': '' });
        for (const document of store.saved.documents()) {
          const context = {
            catalog: store.saved,
            paths,
            settings: defaultProblemSettings,
          };
          const problems = problemsOf(document, context);
          let last = 0;
          for (const { span, code } of problems) {
            assert.ok(problemCodes.has(code), code);
            assert.ok(span.start >= last && span.start <= span.end && span.end <= document.text.length, code);
            last = span.start;
          }
          assert.deepEqual(problemsOf(document, context), problems);
        }
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);
});
