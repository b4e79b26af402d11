import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isModelAction } from '../../server/engine/rules/modelActions.ts';
import { libraryNames, loadLibrary } from '../../server/test/ruleLibrary.ts';
import { applyEdits, findPlace } from '../demo/applyEdits.ts';
import { readRuleCases, selectRuleCases, type RuleCase } from './ruleCase.ts';
import { judgeCase, type RunDocument } from './runCase.ts';

const root = dirname(dirname(import.meta.dirname));
const cases = readRuleCases(root);

describe('cases of bundled rules', () => {
  it('are there for each rule that asks a model', async () => {
    const store = await loadLibrary(libraryNames);
    const asking = libraryNames.filter((name) =>
      store.saved.effective(`builtin:${name}`)?.rule.actions.some(({ type }) => isModelAction(type)),
    );
    assert.deepEqual([...new Set(cases.map(({ rule }) => rule))].toSorted(), asking.toSorted());
  });

  for (const each of cases) {
    it(`${each.name} changes its package as it says`, () => {
      const texts = new Map<string, string>();
      const folder = join(root, 'test-fixtures', 'packages', each.package);
      const read = (path: string): string => texts.get(path) ?? readFileSync(join(folder, path), 'utf8');
      for (const { remove = [], add = {}, edits = [], cut } of [each.committed ?? {}, each.changed ?? {}]) {
        for (const path of remove) assert.ok(existsSync(join(folder, path)), path);
        for (const [path, lines] of Object.entries(add)) texts.set(path, lines.join('\n'));
        for (const { file, ...edit } of edits) texts.set(file, applyEdits(read(file), [edit]));
        if (cut) texts.set(cut.file, read(cut.file).slice(0, findPlace(read(cut.file), cut.from)));
      }
      const mutants = (each.proof?.mutants ?? []).map((mutant) => applyEdits(read(each.file), [mutant]));
      assert.equal(new Set([read(each.file), ...mutants]).size, mutants.length + 1);
    });
  }

  it('are chosen by their name or their rule, and a wrong name is told', () => {
    const names = (...wanted: readonly string[]): readonly string[] =>
      selectRuleCases(root, wanted).map(({ name }) => name);
    assert.deepEqual(names('review-go'), ['review-go']);
    assert.ok(names('fix-failing-tests').length >= 5);
    assert.equal(names().length, cases.length);
    assert.throws(() => names('review-cobol'), /no such case or rule: review-cobol/);
  });
});

describe('judgeCase', () => {
  const rule: RuleCase = {
    name: 'x',
    rule: 'x',
    package: 'p-1',
    language: 'node',
    file: 'a.js',
    expect: { outcome: 'proposed', files: ['a.js'], findings: ['nul+'] },
  };
  const finding = {
    path: 'a.js',
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  };
  const run = (change: Partial<RunDocument>): RunDocument => ({
    outcome: 'proposed',
    code: 'ok',
    message: 'm',
    files: [{ path: 'a.js', diff: '' }],
    actions: [{ findings: [{ ...finding, severity: 'warning', code: 'c', message: 'NULL comes in' }] }],
    candidates: null,
    ...change,
  });
  for (const [title, change, faults] of [
    ['what was expected', {}, []],
    ['another outcome', { outcome: 'failed' }, ['It ended as failed instead of proposed: m']],
    ['no file', { files: [] }, ['It proposes nothing instead of a.js.']],
    ['no finding', { actions: [] }, ['No finding says nul+. They are:\n']],
  ] as const) {
    it(`tells ${title}`, () => assert.deepEqual(judgeCase(rule, run(change)), faults));
  }
});
