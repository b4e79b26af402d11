import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import { loadLibrary } from '../../test/ruleLibrary.ts';
import { scriptPatterns } from '../../test/scriptPatterns.ts';
import { checkFile } from './checkFile.ts';

const check = (id: string, pattern: string, message: string): string =>
  `  - id: ${id}\n    type: validate\n    conditions:\n      - pattern: ${pattern}\n        message: ${message}\n`;
const base = `---\nglobs: "**/*.ts"\nactions:\n${check('todo', 'TODO', 'Do it.')}${check('any', 'any', 'Say which.')}---\nBase.\n`;

async function find(
  files: Readonly<Record<string, string>>,
  {
    used = [],
    path = 'src/a.ts',
    text = 'any // TODO\n',
  }: { used?: string[]; path?: string; text?: string } = {},
): Promise<readonly string[]> {
  const store = await loadLibrary(
    used,
    Object.fromEntries(Object.entries(files).map(([name, rule]) => [`.cursor/rules/${name}.mdc`, rule])),
  );
  const parts = { root: '/w', path, text, files: createInMemoryFiles(), patterns: scriptPatterns };
  const findings = await checkFile({ ...parts, rules: store.liveRules() }, new AbortController().signal);
  return findings.map(({ rule, message }) => `${rule}: ${message}`);
}

describe('checks of rules that inherit from one another', () => {
  it('find each place once where a rule and its parent both act', async () => {
    const child = '---\nextends: base\n---\nMore.\n';
    assert.deepEqual(await find({ base, child }), ['base: Say which.', 'base: Do it.']);
    assert.deepEqual(await find({ base, child: child.replace('extends', 'priority: 5\nextends') }), [
      'child: Say which.',
      'child: Do it.',
    ]);
  });

  it('find what a child says otherwise, and what its parent says still', async () => {
    const own = `---\nextends: base\nactions:\n${check('any', 'any', 'Never.')}---\n`;
    assert.deepEqual(
      (await find({ base, own })).toSorted(),
      ['base: Do it.', 'base: Say which.', 'own: Never.'].toSorted(),
    );
  });

  it('are those of each rule where the other is not about the file', async () => {
    const narrow = '---\nextends: base\npriority: 5\nglobs: "lib/**"\n---\n';
    assert.deepEqual(await find({ base, narrow }, { text: 'any' }), ['base: Say which.']);
    assert.deepEqual(await find({ base, narrow }, { text: 'any', path: 'lib/a.ts' }), ['narrow: Say which.']);
  });

  it('are no fewer where two rules say the same by themselves', async () => {
    assert.equal((await find({ base, copy: base }, { text: 'any' })).length, 2);
  });

  it('find once what a bundled rule finds that is switched on and extended', async () => {
    const mine = '---\nextends: builtin:no-focused-tests\n---\nOurs.\n';
    const given = { path: 'src/a.test.ts', text: "it.only('x', () => {});\n" };
    const alone = await find({}, { ...given, used: ['no-focused-tests'] });
    assert.equal(alone.length, 1);
    assert.equal((await find({ mine }, { ...given, used: ['no-focused-tests'] })).length, 1);
  });
});
