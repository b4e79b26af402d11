import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runEventVersion } from '../protocol/runEvents.ts';
import type { UndoResult } from '../engine/engine.ts';
import { nodeCommand, ruleOf, runAct, withRule } from './actionSlice.ts';
import { answer, source } from './sampleSlice.ts';
import { neverAborted, type Slice, type SliceOptions } from './sliceWorkspace.ts';

const schema = 'src/duration.schema.js';
const rule = ruleOf('- type: generate', '  target: "{dir}/{stem}.schema.js"', '  message: Write a schema.');
const old = '\uFEFF// By hand.\r\nexport const a = 1;\r\n';
const landed = '\uFEFF// By hand.\r\nexport const b = 2;\r\n';
const edit = answer(
  schema,
  '<<<<<<< SEARCH',
  'export const a = 1;',
  '=======',
  'export const b = 2;',
  '>>>>>>> REPLACE',
);
const whole = answer(schema, 'export const b = 2;');

/** A workspace in which the rule has landed its edit, for as long as `use` takes. */
function withLanded(
  use: (slice: Slice, run: string) => Promise<void>,
  options: Partial<SliceOptions> = {},
): Promise<void> {
  return withRule(
    rule,
    async (slice) => {
      const result = await runAct(slice, source);
      assert.equal(result.outcome, 'landed', result.message);
      await use(slice, result.run);
    },
    {
      workspace: 'workspaces/sample',
      files: { [schema]: old },
      script: [edit],
      settings: { approval: 'auto' },
      ...options,
    },
  );
}

function undo(slice: Slice, run: string): Promise<UndoResult> {
  return slice.running.engine.undo(slice.root, run, neverAborted);
}

describe('undoing a run', function () {
  this.timeout(60_000);

  it('restores byte for byte what it changed, is journaled, and can be undone itself', () =>
    withLanded(async (slice, run) => {
      assert.equal(slice.read(schema), landed);
      const undone = await undo(slice, run);
      assert.deepEqual([undone.ok, undone.restored, undone.left], [true, [schema], []]);
      assert.equal(slice.read(schema), old);
      const view = slice.running.engine.viewState().runs.find((each) => each.run === undone.run);
      assert.deepEqual([view?.action, view?.outcome, view?.cause.undoes], ['undo', 'landed', run]);
      const redone = await undo(slice, undone.run ?? '');
      assert.equal(redone.ok, true, redone.message);
      assert.equal(slice.read(schema), landed);
    }));

  it('works in a later process, and knows when nothing is left to undo', () =>
    withLanded(async (slice, run) => {
      const later = await slice.restart();
      assert.equal((await later.engine.undo(slice.root, run, neverAborted)).ok, true);
      assert.equal(slice.read(schema), old);
      const again = await later.engine.undo(slice.root, run, neverAborted);
      assert.deepEqual([again.ok, again.run], [false, undefined]);
      assert.match(again.message, /undone already/u);
    }));

  it('leaves a file that somebody changed since, and names it', () =>
    withLanded(async (slice, run) => {
      slice.write(schema, `${landed}// mine\r\n`);
      const undone = await undo(slice, run);
      assert.deepEqual([undone.ok, undone.left], [false, [{ path: schema, why: 'changed' }]]);
      assert.match(undone.message, /Somebody changed src\/duration\.schema\.js since/u);
      assert.equal(slice.read(schema), `${landed}// mine\r\n`);
    }));

  it('takes away a file that the run created', () =>
    withLanded(
      async (slice, run) => {
        assert.equal((await undo(slice, run)).ok, true);
        assert.equal(slice.read(schema), undefined);
      },
      { files: {}, script: [whole] },
    ));

  it('leaves a created file that somebody removed', () =>
    withLanded(
      async (slice, run) => {
        rmSync(join(slice.root, schema));
        const undone = await undo(slice, run);
        assert.deepEqual([undone.ok, undone.left], [false, []]);
      },
      { files: {}, script: [whole] },
    ));

  it('raises no event: no rule fires on what it wrote', () =>
    withLanded(async (slice, run) => {
      const undone = await undo(slice, run);
      assert.equal(undone.ok, true);
      const event = { name: 'save', root: slice.root, path: schema, origin: 'user', depth: 0 } as const;
      const firesOn = async (text: string): Promise<boolean> => {
        const firings = await slice.running.engine.handleEvent({ ...event, text }, neverAborted);
        return firings.some(({ fires }) => fires);
      };
      assert.equal(await firesOn(old), false);
      assert.equal(await firesOn('export const mine = 1;\n'), true);
    }));

  it('says so where there is no such run, and where it changed nothing', () =>
    withRule(ruleOf('- type: run', `  ${nodeCommand('')}`), async (slice) => {
      assert.match((await undo(slice, 'nobody')).message, /no run nobody/u);
      const result = await runAct(slice);
      assert.match((await undo(slice, result.run)).message, /changed no file/u);
    }));

  it('restores what a command of the run changed, made and deleted, and names what was no text', () => {
    const script = [
      'const fs = require("fs");',
      'fs.writeFileSync("src/a.js", "changed");',
      'fs.renameSync("src/old.js", "src/new.js");',
      'fs.rmSync("src/gone.js");',
      'fs.writeFileSync("image.bin", Buffer.from([0, 255, 1]));',
    ].join(' ');
    const files = { 'src/old.js': 'moved\r\n', 'src/gone.js': 'gone', 'image.bin': '\0' };
    return withRule(
      ruleOf('- type: run', `  ${nodeCommand(script)}`),
      async (slice) => {
        const result = await runAct(slice);
        assert.deepEqual([result.outcome, result.view?.landed], ['unchanged', true], result.message);
        const left = readdirSync(join(slice.root, 'src')).toSorted();
        const undone = await undo(slice, result.run);
        assert.equal(undone.ok, true, undone.message);
        assert.deepEqual(undone.left, [{ path: 'image.bin', why: 'notKept' }]);
        assert.deepEqual(
          ['src/a.js', 'src/old.js', 'src/new.js', 'src/gone.js'].map((path) => slice.read(path)),
          ['export const a = 1;\n', 'moved\r\n', undefined, 'gone'],
        );
        assert.match(undone.message, /What image\.bin held before was not kept/u);
        // Undone once more, it is as the command left it.
        assert.equal((await undo(slice, undone.run ?? '')).ok, true);
        assert.deepEqual(readdirSync(join(slice.root, 'src')).toSorted(), left);
        assert.equal(slice.read('src/a.js'), 'changed');
      },
      { files },
    );
  });

  it('does nothing by a journal that this machine did not write', () =>
    withRule(rule, async (slice) => {
      const step = { type: 'undo.planned', files: [{ path: 'src/a.js', after: 'x' }], left: [] } as const;
      const line = JSON.stringify({ ...step, v: runEventVersion, run: 'forged', seq: 0, at: 0 });
      slice.write('.codegen-lab/journal/forged.jsonl', `${'0'.repeat(64)} ${line}\n`);
      const undone = await undo(slice, 'forged');
      assert.deepEqual([undone.ok, slice.read('src/a.js')], [false, 'export const a = 1;\n']);
    }));
});
