import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJsonlJournal } from '../adapters/journal/jsonlJournal.ts';
import { UserStorage } from '../adapters/journal/userStorage.ts';
import { landingLeftovers, temporaryNameOf } from '../adapters/landingLeftovers.ts';
import { systemClock as clock } from '../adapters/systemClock.ts';
import { RunLedger } from '../engine/journal/runLedger.ts';
import { recoverRuns } from '../engine/runs/recoverRuns.ts';
import type { RunStep } from '../protocol/runEvents.ts';

const run = '0abc123';
const started: RunStep = {
  type: 'run.started',
  rule: 'note',
  ruleId: '.cursor/rules/note.mdc',
  ruleHash: '',
  action: 'generate',
  file: 'src/a.ts',
  fileDigest: '',
  cause: { event: 'save', origin: 'user', depth: 0 },
  budget: { usd: 1, tokens: 1, seconds: 1, attempts: 1 },
  approval: 'auto',
};
const files = [{ path: 'src/a.ts', before: 'a', after: 'b' }];
const ready: RunStep = { type: 'proposal.ready', files, summary: 'One line' };
const accepted: RunStep = { type: 'proposal.accepted', by: 'policy', paths: ['src/a.ts'] };

describe('what a process left beside a file when it died', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'codegen-lab-recover-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const cases: readonly (readonly [string, readonly RunStep[], boolean])[] = [
    [
      'goes when its run is ended as interrupted in the middle of a landing',
      [started, ready, accepted],
      false,
    ],
    ['stays where the journal of the run tells of no landing', [started, ready], true],
  ];
  for (const [what, steps, stays] of cases)
    it(what, async () => {
      const root = join(home, 'root');
      mkdirSync(join(root, 'src'), { recursive: true });
      const temporary = join(root, 'src', temporaryNameOf(run));
      writeFileSync(temporary, 'b');
      const journal = createJsonlJournal(new UserStorage(join(home, 'storage')), clock);
      const writer = await journal.open(root, run);
      for (const step of steps) await writer.append(step);
      await writer.close();
      const ledger = new RunLedger();
      await recoverRuns({ journal, ledger, clock, leftovers: landingLeftovers, root });
      assert.equal(ledger.view(run)?.outcome, 'interrupted');
      assert.equal(existsSync(temporary), stays);
    });
});
