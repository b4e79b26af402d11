import assert from 'node:assert/strict';
import { answer, head, passing, run, ruleWith, rulePath, usual, withSampleSlice } from './sampleSlice.ts';

const manifest = (dependencies: string): string =>
  `{ "name": "sample", "type": "module", "devDependencies": { ${dependencies} }, "scripts": { "test": "node --test" } }\n`;

/** What the task of the first prompt says, by how the project is set up. */
async function taskOf(files: Readonly<Record<string, string>>): Promise<string> {
  let task = '';
  await withSampleSlice(
    { files: { [rulePath]: ruleWith(), ...files }, script: [answer(usual, ...head, passing)] },
    async (slice) => {
      const result = await run(slice);
      assert.equal(slice.models.requests.length > 0, true, result.message);
      const text = slice.models.requests[0]?.text ?? '';
      task = text.slice(text.indexOf('# Task'));
    },
  );
  return task;
}

describe('the first prompt for tests', function () {
  this.timeout(120_000);

  it('names lines that no test runs, and pure functions where the project tests properties', async () => {
    const task = await taskOf({ 'package.json': manifest('"fast-check": "4.3.0"') });
    assert.match(task, /Lines that no test runs yet; begin with these:\\n {2}- lines 12-2[01]: from `/u);
    assert.match(task, /with fast-check where one holds for `formatDuration`, `parseDuration`:/u);
  });

  it('names neither where no test was there and no library for properties is', async () => {
    const task = await taskOf({ 'package.json': manifest(''), 'test/duration.test.js': '' });
    assert.match(task, /^# Task\\n\\nWrite tests for/u);
    assert.doesNotMatch(task, /no test|properties/u);
  });

  it('names no lines where the tests are red, with coverage and without', async () => {
    const red =
      "import { test } from 'node:test';\nimport '../src/duration.js';\ntest('red', () => { throw new Error('red'); });\n";
    const task = await taskOf({ 'package.json': manifest(''), 'test/duration.test.js': red });
    assert.match(task, /^# Task\\n\\nWrite tests for/u);
    assert.doesNotMatch(task, /no test/u);
  });
});
