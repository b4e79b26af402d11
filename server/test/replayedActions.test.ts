import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ruleOf, runAct, withRule } from './actionSlice.ts';
import { answer, source } from './sampleSlice.ts';
import type { Slice } from './sliceWorkspace.ts';

const cli = fileURLToPath(new URL('./cliProcess.ts', import.meta.url));
const execute = promisify(execFile);

const units = 'const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };';
const broken = units.replace('60_000', '60');
const comment = '/** Reads a duration such as `90s`, `1h30m` or `250 ms`, in milliseconds. */';

function blocks(search: string, replace: string): ReturnType<typeof answer> {
  return answer(source, '<<<<<<< SEARCH', search, '=======', replace, '>>>>>>> REPLACE');
}

const sourceLines = readFileSync(
  new URL('../../test-fixtures/workspaces/sample/src/duration.js', import.meta.url),
  'utf8',
).split('\n');
const renamed: readonly (readonly [from: string, to: string])[] = [
  [units, units.replace('units', 'sizes')],
  ['Number(amount) * units[unit]', 'Number(amount) * sizes[unit]'],
  ['Object.entries(units)', 'Object.entries(sizes)'],
  ['  return text;', '  return text; // Done.'],
];

function blockLines(from: string, to: string): readonly string[] {
  const line = sourceLines.find((each) => each.includes(from)) ?? '';
  return ['<<<<<<< SEARCH', line, '=======', line.replace(from, to), '>>>>>>> REPLACE'];
}

const review = {
  kind: 'answer',
  text: `FINDING warning: Wrong.\n\`\`\`js\n${units}\n\`\`\`\n`,
} as const;

/** The command line over a workspace, answered from recordings: nobody can be asked. */
async function replay(
  { root, home }: Slice,
  ...landing: readonly string[]
): Promise<{ readonly code: number; readonly text: string }> {
  const words = ['run', '--rule', 'act', source, '--replay', join(home, 'recordings'), '--trust', ...landing];
  const env = {
    ...process.env,
    CODEGEN_LAB_CONFIG_APPROVAL: 'auto',
    CODEGEN_LAB_STORAGE: join(home, 'fresh'),
  };
  try {
    const { stdout, stderr } = await execute(process.execPath, [cli, ...words], { cwd: root, env });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}

describe('actions of a model on the command line, from recordings', function () {
  this.timeout(120_000);

  for (const [type, script, bug, said, after] of [
    ['fix', blocks(broken, units), broken, /Landed src\/duration\.js\. 2 tests pass/u, units],
    ['generate', blocks(units, `${units}\n// More.`), units, /Landed src\/duration\.js/u, '// More.'],
    ['refactor', blocks(units, units.replace('1_000', '1e3')), units, /2 tests pass/u, '1e3'],
    ['document', blocks(comment, '/** Reads. */'), units, /Landed/u, '/** Reads. */'],
    ['review', review, units, /src\/duration\.js:1:1 warning: Wrong\./u, units],
  ] as const) {
    it(`land what ${type} did when it was recorded`, () =>
      withRule(
        ruleOf(`- type: ${type}`),
        async (slice) => {
          slice.write(source, (slice.read(source) ?? '').replace(units, bug));
          const recorded = await runAct(slice, source);
          assert.ok(['proposed', 'unchanged'].includes(recorded.outcome), recorded.message);
          const { code, text } = await replay(slice, '--apply');
          assert.equal(code, 0, text);
          assert.match(text, said);
          assert.ok((slice.read(source) ?? '').includes(after), text);
          assert.equal(slice.models.requests.length, 1);
        },
        { workspace: 'workspaces/sample', script: [script], recordsInto: 'recordings' },
      ));
  }

  it('land the hunks that --accept names, and nothing where one is not there or not proven alone', () =>
    withRule(
      ruleOf('- type: refactor'),
      async (slice) => {
        const before = slice.read(source) ?? '';
        const recorded = await runAct(slice, source);
        assert.equal(recorded.outcome, 'proposed', recorded.message);
        for (const [part, said] of [
          [`${source}:9`, /The proposal has no src\/duration\.js:9, so nothing lands\. .*\(hunks: 4\)/u],
          // Half of a change of a name.
          [`${source}:1`, /not proven without the rest of the proposal, so nothing lands/u],
        ] as const) {
          const { code, text } = await replay(slice, '--accept', part);
          assert.equal(code, 3, text);
          assert.match(text, said);
          assert.equal(slice.read(source), before);
        }
        const { code, text } = await replay(slice, '--accept', `${source}:4`);
        assert.equal(code, 0, text);
        assert.equal(slice.read(source), before.replace('  return text;', '  return text; // Done.'));
        assert.equal(slice.models.requests.length, 1);
      },
      {
        workspace: 'workspaces/sample',
        script: [answer(source, ...renamed.flatMap(([from, to]) => blockLines(from, to)))],
        recordsInto: 'recordings',
      },
    ));
});
