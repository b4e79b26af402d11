import assert from 'node:assert/strict';
import { answer, head, passing, ruleWith, run, source, usual, withSampleSlice } from './sampleSlice.ts';
import { neverAborted, type Slice } from './sliceWorkspace.ts';

const follower = [
  '---',
  'on: accepted',
  'debounce: 0s',
  'actions:',
  '  - type: generate_tests',
  '---',
  'F.',
  '',
];

describe('what lands', function () {
  this.timeout(60_000);

  const withFollower = (use: (slice: Slice) => Promise<void>): Promise<void> =>
    withSampleSlice(
      {
        script: [answer(usual, ...head, passing)],
        settings: { approval: 'auto' },
        files: {
          '.cursor/rules/generate-tests.mdc': ruleWith('approval: auto'),
          '.cursor/rules/follower.mdc': follower.join('\n'),
        },
      },
      use,
    );

  it('lets rules fire on it, one run deeper and as the person who caused it', () =>
    withFollower(async (slice) => {
      const { engine } = slice.running;
      const seen = new Promise<void>((resolve) => {
        engine.onDidChangeView(({ runs }) => {
          if (runs.some((each) => each.rule === 'follower' && each.phase === 'finished')) resolve();
        });
      });
      assert.equal((await run(slice)).outcome, 'landed');
      await seen;
      const view = engine.viewState().runs.find((each) => each.rule === 'follower');
      assert.equal(view?.file, usual);
      assert.match(JSON.stringify(view), /accepted of test\/duration/);
    }));

  it('stops rules that cause one another, and names them', () =>
    withFollower(async (slice) => {
      const causedBy = { run: 'r', rules: ['one', 'other', 'one', 'other'] };
      const event = { root: slice.root, path: source, name: 'accepted', origin: 'user' } as const;
      const deep = { ...event, depth: 4, text: 'deep();\n', causedBy };
      const firings = await slice.running.engine.handleEvent(deep, neverAborted);
      assert.ok(firings.length > 0 && firings.every(({ fires }) => !fires));
      assert.ok(firings.every(({ reason }) => reason.includes('one → other → one → other')));
      assert.ok(slice.messages.some((line) => line.startsWith('The rules one → other → one → other cause')));
    }));
});
