import assert from 'node:assert/strict';
import type { Consent } from '../engine/ports/consent.ts';
import type { Edits, Landing } from '../engine/ports/edits.ts';
import { createMemoryConsent } from '../test/memoryConsent.ts';
import { createInvocationConsent, type InvocationRights } from './invocationConsent.ts';
import { withoutLanding } from './readOnlyEdits.ts';

type Decision = 'allowed' | 'denied' | undefined;

const digest = (text: string): string => `digest of ${text}`;
const none = { trusted: false, approved: undefined, byRules: true };

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
      const invocation = createInvocationConsent(consent, { ...none, trusted }, digest);
      assert.equal(await invocation.approvalOf('/r', 'a.mdc', 'hash'), expected);
      assert.deepEqual(recorded, []);
    });
  }

  const file: readonly (readonly [Decision, string, Decision])[] = [
    [undefined, 'hash', undefined],
    [undefined, 'digest of A', 'allowed'],
    ['allowed', 'hash', undefined],
    ['denied', 'digest of A', 'denied'],
  ];
  for (const [kept, hash, expected] of file) {
    it(`makes a rule ${expected ?? 'unanswered'} that is ${kept ?? 'unanswered'}, whose text has ${hash}, by a file that says A`, async () => {
      const { consent } = keptConsent(kept);
      const rights = { ...none, approved: [{ ruleId: 'a.mdc', text: 'A' }] };
      const invocation = createInvocationConsent(consent, rights, digest);
      assert.equal(await invocation.approvalOf('/r', 'a.mdc', hash), expected);
      assert.equal(
        await invocation.approvalOf('/r', 'b.mdc', 'digest of A'),
        kept === 'denied' ? 'denied' : undefined,
      );
      assert.deepEqual(
        (await invocation.approvals('/r')).map(({ ruleId, text }) => [ruleId, text]),
        [['a.mdc', 'A']],
      );
    });
  }

  it('trusts a folder for --trust, for an approvals file, and for rules that were approved there by hand', () => {
    const trusts = (rights: Partial<InvocationRights>, byHand = false): boolean =>
      createInvocationConsent(
        keptConsent('allowed', byHand).consent,
        { ...none, ...rights },
        digest,
      ).isTrusted('/r');
    assert.deepEqual(
      [
        trusts({ trusted: true }),
        trusts({ approved: [] }),
        trusts({}, true),
        trusts({ byRules: false }, true),
        trusts({}),
      ],
      [true, true, true, false, false],
    );
  });

  it('keeps what a person decides', async () => {
    const { consent, recorded } = keptConsent(undefined);
    const invocation = createInvocationConsent(consent, { ...none, trusted: true }, digest);
    await invocation.record('/r', [{ ruleId: 'a.mdc', ruleHash: 'hash', decision: 'denied' }]);
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

function keptConsent(decision: Decision, trusted = false): { consent: Consent; recorded: string[] } {
  const recorded: string[] = [];
  const consent = createMemoryConsent({
    isTrusted: () => trusted,
    approvalOf: async () => decision,
    record: async (_root, approvals) => void recorded.push(...approvals.map((each) => each.decision)),
  });
  return { consent, recorded };
}
