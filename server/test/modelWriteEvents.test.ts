import assert from 'node:assert/strict';
import { answer, head, passing, rulePath, ruleWith, run, usual, withSampleSlice } from './sampleSlice.ts';

const checkRule = (...actions: readonly string[]): string =>
  ['---', 'on: model-write', 'globs: test/**', 'actions:', ...actions, '---', ''].join('\n');

const noTodo = checkRule('  - type: reject', '    conditions: [{pattern: TODO, message: No open work.}]');
const noHours = checkRule(
  '  - type: validate',
  '    conditions: [{pattern: 1h30m, message: Name the hours.}]',
);
const lines = [...head, passing];

describe('what a model writes', function () {
  this.timeout(60_000);

  it('is sent back when a rule rejects it, and proposed when it is mended', () =>
    withSampleSlice(
      {
        script: [answer(usual, ...lines, '// TODO'), answer(usual, ...lines)],
        files: { [rulePath]: ruleWith(), '.cursor/rules/todo.mdc': noTodo },
      },
      async (slice) => {
        const result = await run(slice);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.deepEqual(
          result.view?.files.map(({ after }) => after?.includes('TODO')),
          [false],
        );
        assert.equal(result.view?.attempt, 2);
        assert.match(JSON.stringify(result.view?.timeline), /refuses line 5: No open work\./);
      },
    ));

  it('keeps what stood there before, whatever a rule rejects', () =>
    withSampleSlice(
      {
        script: [answer(usual, ...lines, '// TODO')],
        files: {
          [rulePath]: ruleWith(),
          '.cursor/rules/todo.mdc': noTodo,
          [usual]: `// TODO\n${head.join('\n')}\n`,
        },
      },
      async (slice) => {
        const result = await run(slice);
        assert.equal(result.outcome, 'proposed', result.message);
      },
    ));

  it('is proposed with what other rules find in it', () =>
    withSampleSlice(
      {
        script: [answer(usual, ...lines)],
        files: { [rulePath]: ruleWith(), '.cursor/rules/hours.mdc': noHours },
      },
      async (slice) => {
        const result = await run(slice);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.match(result.message, /The rule “hours” finds on line 4 of .*: Name the hours\./);
      },
    ));
});
