import assert from 'node:assert/strict';
import { createSlice, neverAborted, type Slice } from './sliceWorkspace.ts';

const source = 'src/duration.js';
const child = '.cursor/rules/child.mdc';
const files = {
  '.cursor/rules/base.mdc': [
    '---',
    'abstract: true',
    'globs: src/**/*.js',
    'on: save',
    'actions:',
    '  - id: write',
    '    type: generate_tests',
    '    message: Think of limits.',
    '  - id: quiet',
    '    type: reject',
    '    conditions:',
    '      - pattern: formatDuration',
    '        message: This name is taken.',
    '---',
    'What the base says.',
    '@include ../../docs/style.md#Naming',
    '',
  ].join('\n'),
  [child]: '---\nextends: ./base.mdc\n---\nWhat the child says.\n',
  'docs/style.md': '# Style\n\n## Naming\n\nNames are words.\n\n## Other\n\nNothing.\n',
};

describe('a rule that says little itself', () => {
  let slice: Slice;
  before(async () => {
    slice = await createSlice({ workspace: 'workspaces/sample', files, script: [], trusted: true });
  });
  after(() => slice.dispose());

  const ask = async () =>
    slice.running.engine.runRule({ root: slice.root, rule: 'child', path: source }, neverAborted);
  const change = async (path: string, from: string, to: string): Promise<void> => {
    slice.write(path, (slice.read(path) ?? '').replace(from, to));
    await slice.running.engine.reloadRules(slice.root, [path], neverAborted);
  };

  it('fires by the events and globs of its parent, which never fires itself', async () => {
    const event = { root: slice.root, path: source, name: 'save', origin: 'user', depth: 0 } as const;
    const firings = await slice.running.engine.handleEvent(event, neverAborted);
    const verdictOn = (name: string) => firings.find(({ rule }) => rule === name);
    assert.deepEqual([verdictOn('base')?.fires, verdictOn('child')?.fires], [false, true]);
    assert.match(verdictOn('base')?.reason ?? '', /abstract/);
    await slice.running.engine.stop('all');
  });

  it('checks what its parent checks', async () => {
    const findings = await slice.running.engine.check(slice.root, [source], neverAborted);
    const own = findings.filter(({ message }) => message === 'This name is taken.');
    assert.deepEqual([...new Set(own.map((finding) => finding.rule))], ['child']);
  });

  it('puts all its texts into the prompt, root first, with what they include', async () => {
    const prompt = await slice.running.engine.previewPrompt(
      { root: slice.root, rule: 'child', path: source },
      neverAborted,
    );
    const at = ['What the base says.', '## Naming', 'Names are words.', 'What the child says.'].map((text) =>
      prompt.indexOf(text),
    );
    assert.ok(
      at.every((place, index) => place >= 0 && place > (at[index - 1] ?? -1)),
      at.join(),
    );
    assert.ok(!prompt.includes('@include') && !prompt.includes('Nothing.'));
    assert.ok(prompt.includes('Think of limits.'));
  });

  it('asks for another approval when its parent or what that includes has changed, and not for anything else', async () => {
    const asked = async (): Promise<string | undefined> => {
      const result = await ask();
      assert.equal(result.code, 'approval.missing');
      return result.view?.ruleHash;
    };
    const first = await asked();
    const same = async (): Promise<boolean> => (await asked()) === first;
    await change('docs/style.md', 'Nothing.', 'Something.');
    await change('.cursor/rules/base.mdc', 'abstract: true', 'abstract: true\npriority: 3');
    assert.equal(await same(), true);
    await change('docs/style.md', 'Names are words.', 'Names are short.');
    assert.equal(await same(), false);
    await change('docs/style.md', 'Names are short.', 'Names are words.');
    assert.equal(await same(), true);
    await change('.cursor/rules/base.mdc', 'Think of limits.', 'Send every key.');
    assert.equal(await same(), false);
  });

  it('does not run once its parent is gone', async () => {
    await change(child, './base.mdc', './gone.mdc');
    const result = await ask();
    assert.equal(result.code, 'rule.not-runnable');
  });
});
