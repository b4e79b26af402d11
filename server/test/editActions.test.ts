import assert from 'node:assert/strict';
import { ruleOf, runAct, withRule } from './actionSlice.ts';
import { answer, source } from './sampleSlice.ts';
import type { Slice, SliceOptions } from './sliceWorkspace.ts';

const testFile = 'test/duration.test.js';

function blocks(path: string, search: string, replace: string): ReturnType<typeof answer> {
  return answer(path, '<<<<<<< SEARCH', search, '=======', replace, '>>>>>>> REPLACE');
}

function withAction(
  keys: readonly string[],
  use: (slice: Slice) => Promise<void>,
  options: Partial<SliceOptions>,
): Promise<void> {
  const [type = '', ...more] = keys;
  const rule = ruleOf(`- type: ${type}`, ...more.map((key) => `  ${key}`));
  return withRule(rule, use, { workspace: 'workspaces/sample', ...options });
}

const schema = 'src/duration.schema.ts';
const schemaText = "export const schema = { type: 'string' } as const;";
const generate = ['generate', `target: "{dir}/{stem}.schema.ts"`, 'message: Write a schema for {file}.'];
const first = 'const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };';
const renamed = 'const units = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };';
const red = 'const units = { ms: 1, s: 1, m: 6e4, h: 36e5, d: 864e5 };';
const comment = '/** Reads a duration such as `90s`, `1h30m` or `250 ms`, in milliseconds. */';
const better =
  '/** Reads a duration such as `90s`, in milliseconds; throws a RangeError where there is none. */';

describe('actions that edit', function () {
  this.timeout(60_000);

  it('write a new file where the rule says, and run the tests around it', () =>
    withAction(
      generate,
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['proposed', 'ok'], result.message);
        assert.deepEqual(
          result.view?.files.map(({ path, before, after }) => [path, before, after]),
          [[schema, undefined, `${schemaText}\n`]],
        );
        assert.deepEqual(result.view?.testsAfter, { passed: 2, failed: 0, skipped: 0 });
        assert.match(
          slice.models.requests[0]?.text ?? '',
          /Write a schema for src\/duration\.js\.[^]*write the new file `src\/duration\.schema\.ts`/u,
        );
        assert.equal(slice.read(schema), undefined);
      },
      { script: [answer(schema, schemaText)] },
    ));

  it('edit a target that is there, and keep what somebody wrote into it', () =>
    withAction(
      generate,
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['landed', 'ok'], result.message);
        assert.equal(slice.read(schema), `// By hand.\r\nexport const b = 2;\r\n`);
        assert.match(slice.models.requests[0]?.text ?? '', /into the existing file[^]*SEARCH/u);
      },
      {
        files: { [schema]: '// By hand.\r\nexport const a = 1;\r\n' },
        script: [blocks(schema, 'export const a = 1;', 'export const b = 2;')],
        settings: { approval: 'auto' },
      },
    ));

  it('write the file itself where the rule names no other', () =>
    withAction(
      ['generate'],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.match(result.message, /2 passing tests|2 tests pass/u);
      },
      { script: [blocks(source, first, renamed)] },
    ));

  for (const [what, action, script, reason] of [
    [
      'breaks a test',
      ['generate'],
      [blocks(source, first, red), blocks(source, first, renamed)],
      /1 of 2 failed|2 of 2 failed/u,
    ],
    [
      'does not parse',
      generate,
      [answer(schema, 'export const = 1;'), answer(schema, schemaText)],
      /does not parse/u,
    ],
    [
      'leaves code out',
      generate,
      [answer(schema, 'export const a = {', '  // ... rest of code', '};'), answer(schema, schemaText)],
      /leaves code out/u,
    ],
    [
      'writes another file',
      generate,
      [answer('src/other.ts', schemaText), answer(schema, schemaText)],
      /may only write the files that it names/u,
    ],
    [
      'brings a key',
      generate,
      [
        answer(schema, `export const key = 'ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}';`),
        answer(schema, schemaText),
      ],
      /looks like a key/u,
    ],
    [
      'changes nothing',
      ['refactor'],
      [blocks(source, first, first), blocks(source, first, renamed)],
      /changes nothing in it/u,
    ],
    [
      'breaks a test while it refactors',
      ['refactor'],
      [blocks(source, first, red), blocks(source, first, renamed)],
      /of 2 failed/u,
    ],
    [
      'changes code while it documents',
      ['document'],
      [blocks(source, first, renamed), blocks(source, comment, better)],
      /the edit changes code/u,
    ],
    [
      'hides code from a tool',
      ['document'],
      [blocks(source, comment, `// eslint-disable-next-line\n${comment}`), blocks(source, comment, better)],
      /a comment that a tool reads/u,
    ],
  ] as const) {
    it(`send back an answer that ${what}`, () =>
      withAction(
        action,
        async (slice) => {
          const result = await runAct(slice, source);
          assert.equal(result.outcome, 'proposed', result.message);
          assert.equal(slice.models.requests.length, 2);
          assert.match(slice.models.requests[1]?.text ?? '', reason);
        },
        { script },
      ));
  }

  for (const [what, action, options, outcome, code] of [
    [
      'a target outside of the workspace',
      ['generate', 'target: "../{stem}.ts"'],
      {},
      'failed',
      'action.bad-target',
    ],
    [
      'a target that is obeyed',
      ['generate', 'target: .cursor/rules/x.mdc'],
      {},
      'failed',
      'action.bad-target',
    ],
    [
      'code without a test that would judge it',
      ['refactor'],
      { files: { [testFile]: "import 'node:test';\n" } },
      'refused',
      'proof.no-tests',
    ],
    [
      'code that no runner is known for',
      ['refactor', 'target: a.rb'],
      { files: { 'a.rb': 'a = 1\n' } },
      'failed',
      'tests.no-runner',
    ],
    [
      'a language whose comments nobody can tell',
      ['document', 'target: a.rb'],
      { files: { 'a.rb': 'a = 1\n' } },
      'refused',
      'document.not-comparable',
    ],
    ['a file that is not there', ['document', 'target: src/gone.js'], {}, 'failed', 'source.missing'],
  ] as const) {
    it(`ask nobody about ${what}`, () =>
      withAction(
        action,
        async (slice) => {
          const result = await runAct(slice, source);
          assert.deepEqual([result.outcome, result.code], [outcome, code], result.message);
          assert.equal(slice.models.requests.length, 0);
        },
        { script: [], ...options },
      ));
  }

  it('change the form of code and leave its tests green', () =>
    withAction(
      ['refactor', 'message: Write the units shorter.'],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['landed', 'ok'], result.message);
        assert.match(slice.read(source) ?? '', /1e3/u);
        assert.match(result.message, /2 tests pass in place/u);
      },
      { script: [blocks(source, first, renamed)], settings: { approval: 'auto' } },
    ));

  it('document code and change nothing else', () =>
    withAction(
      ['document'],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.match(result.view?.files[0]?.after ?? '', /throws a RangeError/u);
      },
      { script: [blocks(source, comment, better)] },
    ));

  it('leave a file as it is where nothing has to change', () =>
    withAction(
      ['document'],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['unchanged', 'ok'], result.message);
        assert.match(result.message, /all of it is documented/u);
      },
      { script: [{ kind: 'answer', text: 'NOTHING: all of it is documented.\n' }] },
    ));
});
