import assert from 'node:assert/strict';
import type { FiringLog, LeftFirings } from '../ports/firingLog.ts';
import { recoverFirings } from './recoverFirings.ts';

/** What is done, in order, about these firings when these runs have journals. */
async function recover(
  firings: readonly { readonly run: string; readonly claimed: boolean; readonly event?: string }[],
  journals: readonly string[],
): Promise<readonly string[]> {
  const done: string[] = [];
  const left: LeftFirings = {
    firings: firings.map(({ run, claimed, event = 'save' }) => {
      return { run, claimed, event, ruleId: `rule${run}`, path: 'a.ts', origin: 'user', depth: 0 };
    }),
    release: async () => void done.push('release'),
  };
  const log: FiringLog = {
    add: async () => undefined,
    claim: async () => undefined,
    remove: async (_root, run) => void done.push(`remove ${run}`),
    takeOver: async () => left,
    close: async () => undefined,
  };
  const journal = { hasBegun: async (_root: string, run: string) => journals.includes(run) };
  await recoverFirings({
    firings: log,
    journal,
    root: '/w',
    decide: async ({ name, text }, { ruleId, run = 'a new run' }) =>
      done.push(`decide ${ruleId} on ${name} as ${run}${text === undefined ? '' : ' with a text'}`),
  });
  return done;
}

describe('firings that an earlier process left', () => {
  for (const [what, firings, journals, expected] of [
    ['had not begun', [{ run: '1', claimed: false }], [], ['decide rule1 on save as 1', 'release']],
    ['had begun, for its journal says what became of it', [{ run: '1', claimed: true }], ['1'], ['release']],
    [
      'was to begin and came to no first step',
      [{ run: '1', claimed: true }],
      ['2'],
      ['decide rule1 on save as a new run', 'remove 1', 'release'],
    ],
    [
      'came with another event',
      [{ run: '1', claimed: false, event: 'rename' }],
      [],
      ['decide rule1 on rename as 1', 'release'],
    ],
    ['is nothing', [], [], ['release']],
  ] as const) {
    it(`are gone on with where one ${what}`, async () => {
      assert.deepEqual(await recover(firings, journals), expected);
    });
  }
});
