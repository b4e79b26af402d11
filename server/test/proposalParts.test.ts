import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Decided, Decision, RunResult } from '../engine/engine.ts';
import type { LandingAnswer, LandingQuestion } from '../engine/ports/person.ts';
import { ruleOf, runAct, withRule } from './actionSlice.ts';
import { answer, source } from './sampleSlice.ts';
import { neverAborted, type Slice, type SliceOptions } from './sliceWorkspace.ts';

const edits: readonly (readonly [from: string, to: string])[] = [
  ['const units = { ms: 1,', 'const sizes = { ms: 1,'],
  ['Number(amount) * units[unit]', 'Number(amount) * sizes[unit]'],
  ['Object.entries(units)', 'Object.entries(sizes)'],
  ['  return text;', '  return text; // Done.'],
];
/** Of these, the first three make sense together only. */
const [rename, comment] = [[0, 1, 2], [3]] as const;

function withProposal(
  use: (slice: Slice, result: RunResult) => Promise<void>,
  options: Partial<SliceOptions> = {},
): Promise<void> {
  return withRule(
    ruleOf('- type: refactor', '  message: Rename it.'),
    async (slice) => {
      const request = { root: slice.root, rule: 'act', path: source };
      if (options.person === undefined) {
        const { engine } = slice.running;
        const waits = new Promise<void>((resolve) => {
          engine.onDidChangeView(({ runs }) => {
            const asks = runs.find(({ waitingOn }) => waitingOn === 'approval');
            if (asks !== undefined) void engine.approve(slice.root, [asks], true);
            if (runs.some(({ waitingOn }) => waitingOn === 'decision')) resolve();
          });
        });
        const started = engine.runRule(request, neverAborted);
        await waits;
        await use(slice, await started);
      } else await use(slice, await runAct(slice, source));
    },
    {
      workspace: 'workspaces/sample',
      script: [answer(source, ...edits.flatMap(blockOf))],
      interactive: options.person === undefined,
      ...options,
    },
  );
}

function blockOf([from, to]: readonly [string, string]): readonly string[] {
  const lines = sourceText.split('\n');
  const line = lines.find((each) => each.includes(from)) ?? '';
  return ['<<<<<<< SEARCH', line, '=======', line.replace(from, to), '>>>>>>> REPLACE'];
}

/** The source with these edits. */
function edited(indexes: readonly number[]): string {
  return indexes.reduce((text, index) => text.replace(...(edits[index] ?? ['', ''])), sourceText);
}

const sourceText = readFileSync(
  new URL('../../test-fixtures/workspaces/sample/src/duration.js', import.meta.url),
  'utf8',
);

function decide(slice: Slice, run: string, more: Partial<Decision>): Promise<Decided> {
  return slice.running.engine.decide({ run, accept: true, ...more }, neverAborted);
}

const only = (...kept: readonly number[]): Pick<Decision, 'hunks'> => ({ hunks: [{ path: source, kept }] });

describe('taking parts of a proposal', function () {
  this.timeout(60_000);

  it('shows its hunks', () =>
    withProposal(async (slice, { run }) => {
      const [file] = slice.running.engine.readProposal(run)?.files ?? [];
      assert.deepEqual(
        file?.hunks.map(({ before, after }) => [before.start, before.count, after.count]),
        [
          [0, 1, 1],
          [6, 1, 1],
          [14, 1, 1],
          [19, 1, 1],
        ],
      );
    }));

  for (const kept of [comment, rename]) {
    it(`lands the parts ${kept.join(', ')} once they are proven without the others, and undoes them`, () =>
      withProposal(async (slice, { run }) => {
        assert.deepEqual((await decide(slice, run, only(...kept))).ok, true);
        assert.equal(slice.read(source), edited(kept));
        const view = slice.running.engine.viewState().runs.find((each) => each.run === run);
        assert.equal(view?.outcome, 'landed');
        const chosen = view?.timeline.find(({ label }) => label === 'Parts chosen');
        assert.equal(chosen?.detail, `${source} ${kept.length} of 4`);
        assert.equal(view?.timeline.filter(({ label }) => label === 'Tests with the edit').length, 2);
        await slice.running.engine.undo(slice.root, run, neverAborted);
        assert.equal(slice.read(source), sourceText);
      }));
  }

  it('writes nothing where they are not proven, waits on, and lands them when the person wants that', () =>
    withProposal(async (slice, { run }) => {
      const { engine } = slice.running;
      const first = await decide(slice, run, only(0));
      assert.deepEqual([first.ok, first.unproven], [false, true]);
      assert.match(first.message, /not proven\. 2 of 2 tests fail/u);
      assert.equal(slice.read(source), sourceText);
      const waiting = engine.viewState().runs.find((each) => each.run === run);
      assert.deepEqual([waiting?.waitingOn, waiting?.message], ['decision', first.message]);
      assert.equal(engine.readProposal(run)?.files[0]?.hunks.length, 4);
      const second = await decide(slice, run, { ...only(0), unproven: true });
      assert.equal(second.ok, true, second.message);
      assert.equal(slice.read(source), edited([0]));
    }));

  it('asks for no second proof where every part is taken', () =>
    withProposal(async (slice, { run }) => {
      assert.equal((await decide(slice, run, only(...rename, ...comment))).ok, true);
      assert.equal(slice.read(source), edited([0, 1, 2, 3]));
      const view = slice.running.engine.viewState().runs.find((each) => each.run === run);
      assert.equal(
        view?.timeline.some(({ label }) => label === 'Parts chosen'),
        false,
      );
    }));

  it('rejects a proposal of which nothing is taken', () =>
    withProposal(async (slice, { run }) => {
      await decide(slice, run, only());
      const view = slice.running.engine.viewState().runs.find((each) => each.run === run);
      assert.deepEqual([view?.outcome, slice.read(source)], ['rejected', sourceText]);
    }));

  const answers: readonly (readonly [what: string, confirms: boolean, text: string])[] = [
    ['lands them when the person confirms', true, edited([0])],
    ['writes nothing when the person does not', false, sourceText],
  ];
  for (const [what, accept, text] of answers) {
    it(`asks once more at the terminal where they are not proven, and ${what}`, async () => {
      const asked: LandingQuestion[] = [];
      const replies: LandingAnswer[] = [
        { accept: true, seen: true, ...only(0) },
        { accept, seen: true },
      ];
      await withProposal(
        async (slice) => {
          assert.deepEqual(
            asked.map(({ isUnproven }) => isUnproven),
            [undefined, true],
          );
          assert.match(asked[1]?.summary ?? '', /not proven\. 2 of 2 tests fail/u);
          assert.deepEqual(asked[1]?.files[0]?.after, edited([0]));
          assert.equal(slice.read(source), text);
        },
        {
          settings: { approval: 'ask' },
          person: {
            decide: async (question) => {
              asked.push(question);
              return replies.shift();
            },
          },
        },
      );
    });
  }
});
