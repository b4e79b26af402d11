import assert from 'node:assert/strict';
import type { ActionFinished, RunEvent } from '../../protocol/runEvents.ts';
import type { Finding } from '../../protocol/text.ts';
import { RunLedger } from './runLedger.ts';

const finding = (message: string): Finding => ({
  path: 'src/a.ts',
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  severity: 'error',
  code: 'tsc',
  message,
});

function started(run: string, file = 'src/a.ts'): RunEvent {
  return {
    ...{ type: 'run.started', v: 1, run, seq: 0, at: 0, rule: 'lint', ruleId: 'lint.mdc', ruleHash: '' },
    ...{ action: 'run', file, fileDigest: '', approval: 'auto' },
    cause: { event: 'save', origin: 'user', depth: 0 },
    budget: { usd: 1, tokens: 1, seconds: 1, attempts: 1 },
  };
}

function ended(run: string, change: Partial<ActionFinished>): RunEvent {
  return {
    ...{ type: 'action.finished', v: 1, run, seq: 1, at: 1, action: 'a', kind: 'run', attempt: 1, ms: 1 },
    ...{ result: 'failed', code: 'action.failed', message: '', place: 'workspace' },
    ...change,
  };
}

describe('problems that commands of rules print', () => {
  const messages = (...events: readonly RunEvent[]): readonly string[] => {
    const ledger = new RunLedger();
    for (const event of events) ledger.apply('/w', event);
    assert.deepEqual(ledger.actionFindings('/other'), []);
    return ledger.actionFindings('/w').map(({ message, rule }) => `${rule ?? ''}: ${message}`);
  };
  const x = { findings: [finding('x')] };
  const y = { findings: [finding('y')] };

  it('stand until the rule runs on the file again', () => {
    assert.deepEqual(messages(started('1'), ended('1', x)), ['lint: x']);
    assert.deepEqual(messages(started('1'), ended('1', x), started('2')), []);
    assert.deepEqual(messages(started('1'), ended('1', x), started('2', 'b.ts'), ended('2', y)), [
      'lint: x',
      'lint: y',
    ]);
  });

  it('are told of what was found in a proposal once that stands in the files, as far as it was taken', () => {
    const assessed: RunEvent = {
      ...{ type: 'proposal.assessed', v: 1, run: '1', seq: 1, at: 1, scans: [], held: [] },
      findings: [finding('x'), { ...finding('y'), path: 'b.ts' }],
    };
    const envelope = { v: 1, run: '1', seq: 2, at: 2 } as const;
    const landed: RunEvent = { ...envelope, type: 'edit.landed', paths: ['src/a.ts'] };
    const narrowed: RunEvent = { ...envelope, type: 'proposal.narrowed', by: 'person', parts: [] };
    assert.deepEqual(messages(started('1'), assessed), []);
    assert.deepEqual(messages(started('1'), assessed, landed), ['lint: x']);
    assert.deepEqual(messages(started('1'), assessed, narrowed, landed), []);
  });

  it('are those of the last try of each action', () => {
    const again = ended('1', { ...y, attempt: 2 });
    assert.deepEqual(messages(started('1'), ended('1', x), again), ['lint: y']);
    assert.deepEqual(messages(started('1'), ended('1', x), ended('1', { action: 'b', ...y })), [
      'lint: x',
      'lint: y',
    ]);
    assert.deepEqual(messages(started('1'), ended('1', x), ended('1', { attempt: 2, findings: [] })), []);
  });

  it('tell what tests let live until the file is tried again, or tests for it are there', () => {
    const tried = (run: string, file = 'src/a.ts'): readonly RunEvent[] => {
      const score = { killed: 0, survived: 1, noCoverage: 0, invalid: 0, notRun: 0 };
      const envelope = { v: 1, run, seq: 1, at: 1 } as const;
      return [
        { ...started(run, file), ...{ rule: '', ruleId: '' } },
        { ...envelope, type: 'mutants.tested', path: file, score, survivors: [], findings: [finding('m')] },
      ];
    };
    const landed: RunEvent = { v: 1, run: '2', seq: 2, at: 2, type: 'edit.landed', paths: ['a.test.ts'] };
    assert.deepEqual(messages(...tried('1')), [': m']);
    assert.deepEqual(messages(...tried('1'), ...tried('2')), [': m']);
    assert.deepEqual(messages(...tried('1'), started('2'), landed), []);
    assert.deepEqual(messages(...tried('1'), started('2', 'b.ts'), landed), [': m']);
  });

  it('of the copy stand in no file of the user', () => {
    assert.deepEqual(messages(started('1'), ended('1', { ...x, place: 'copy' })), []);
  });
});
