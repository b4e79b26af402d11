import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { matchRuleGlobs } from './globs/matchRuleGlobs.ts';
import { isModelAction } from './modelActions.ts';
import { parseRuleDocument } from './parseRuleDocument.ts';

const library = new URL('../../../rules/', import.meta.url);
const files = readdirSync(library).filter((file) => file.endsWith('.mdc'));
const parse = (file: string) =>
  parseRuleDocument(`builtin:${file.replace(/\.mdc$/, '')}`, readFileSync(new URL(file, library), 'utf8'));

describe('the bundled library', () => {
  it('holds rules', () => assert.ok(files.length >= 4, files.join()));

  for (const file of files) {
    it(`${file} is clean under our own checks and does something`, () => {
      const { file: rule, problems } = parse(file);
      assert.deepEqual(problems, []);
      assert.equal(rule.active, true);
      assert.ok(rule.description !== '' && rule.actions.length > 0 && rule.body.length > 100);
      if (rule.actions.some(({ type }) => isModelAction(type)))
        assert.deepEqual(
          rule.on.map((event) => event.value),
          ['save'],
        );
    });
  }

  const places: readonly (readonly [rule: string, path: string, matches: boolean])[] = [
    ['generate-node-tests', 'index.js', true],
    ['generate-node-tests', 'packages/a/src/parse.mjs', true],
    ['generate-node-tests', 'src/parse.test.js', false],
    ['generate-node-tests', 'test/parse.js', false],
    ['generate-node-tests', 'test/deep/helper.cjs', false],
    ['generate-node-tests', 'eslint.config.js', false],
    ['generate-node-tests', 'lib/jquery.min.js', false],
    ['generate-node-tests', 'benchmark/index.js', false],
    ['generate-node-tests', 'src/a.ts', false],
    ['generate-pytest-tests', 'inflection/__init__.py', true],
    ['generate-pytest-tests', 'src/app/models.py', true],
    ['generate-pytest-tests', 'test_inflection.py', false],
    ['generate-pytest-tests', 'tests/unit/test_a.py', false],
    ['generate-pytest-tests', 'setup.py', false],
    ['generate-pytest-tests', 'docs/conf.py', false],
    ['generate-pytest-tests', 'app/migrations/0001_initial.py', false],
    ['no-focused-tests', 'src/a.test.ts', true],
    ['no-focused-tests', 'tests/test_a.py', true],
    ['no-focused-tests', 'src/a.ts', false],
    ['no-leftovers', 'src/a.py', true],
    ['no-leftovers', 'README.md', false],
  ];
  for (const [rule, path, matches] of places) {
    it(`${rule} is ${matches ? '' : 'not '}about ${path}`, () =>
      assert.equal(matchRuleGlobs(parse(`${rule}.mdc`).file, path).kind === 'matches', matches));
  }
});
