import assert from 'node:assert/strict';
import type { Consent } from '../engine/ports/consent.ts';
import type { Edits, Landing } from '../engine/ports/edits.ts';
import { createInvocationConsent } from './invocationConsent.ts';
import { withoutLanding } from './readOnlyEdits.ts';

type Decision = 'allowed' | 'denied' | undefined;

describe('the rights of one invocation', () => {
  const approvals: readonly (readonly [Decision, boolean, Decision])[] = [
    [undefined, false, undefined],
    [undefined, true, 'allowed'],
    ['allowed', false, 'allowed'],
    ['allowed', true, 'allowed'],
    ['denied', false, 'denied'],
    ['denied', true, 'denied'],
  ];
  for (const [kept, trusted, expected] of approvals) {
    it(`makes a rule ${expected ?? 'unanswered'} that is ${kept ?? 'unanswered'}, ${trusted ? 'with' : 'without'} --trust`, async () => {
      const { consent, recorded } = keptConsent(kept);
      assert.equal(
        await createInvocationConsent(consent, trusted).approvalOf('/r', 'a.mdc', 'hash'),
        expected,
      );
      assert.deepEqual(recorded, []);
    });
  }

  it('trusts a folder for --trust alone, whatever was trusted elsewhere', () => {
    const { consent } = keptConsent('allowed');
    assert.deepEqual(
      [true, false].map((trusted) => createInvocationConsent(consent, trusted).isTrusted('/r')),
      [true, false],
    );
  });

  it('keeps what a person decides', async () => {
    const { consent, recorded } = keptConsent(undefined);
    await createInvocationConsent(consent, true).record('/r', 'a.mdc', 'hash', 'denied');
    assert.deepEqual(recorded, ['denied']);
  });

  it('reads files without --apply, and lands nothing', async () => {
    const landed: Landing[] = [];
    const edits: Edits = {
      unsaved: () => new Map([['a', 'b']]),
      current: async () => 'text',
      land: async (landing) => {
        landed.push(landing);
        return { kind: 'landed' };
      },
    };
    const { signal } = new AbortController();
    const readOnly = withoutLanding(edits, '--apply');
    assert.deepEqual(
      [readOnly.unsaved('/r').get('a'), await readOnly.current('/r', 'a', signal)],
      ['b', 'text'],
    );
    const outcome = await readOnly.land({ run: 'r', root: '/r', title: '', files: [] }, signal);
    assert.deepEqual([outcome.kind, landed], ['failed', []]);
  });
});

function keptConsent(decision: Decision): { consent: Consent; recorded: string[] } {
  const recorded: string[] = [];
  const consent: Consent = {
    isTrusted: () => true,
    approvalOf: async () => decision,
    wasAllowedBefore: async () => false,
    record: async (_root, _ruleId, _hash, made) => void recorded.push(made),
  };
  return { consent, recorded };
}
