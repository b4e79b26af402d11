import assert from 'node:assert/strict';
import type { NewAuditEntry } from '../../protocol/audit.ts';
import { createRights, type AskedRight } from './rights.ts';

const root = '/workspace';
const key = 'sk-ant-api03-AAAAAAAAAAAAAAAAAAAAAAAA';

function command(display: string): AskedRight {
  return {
    run: 'r1',
    who: { kind: 'rule', id: '.cursor/rules/a.mdc', name: 'a', hash: 'h' },
    right: { kind: 'command', argv: 'digest', display, code: 'user', sandbox: false },
    by: { kind: 'approval' },
  };
}

describe('taking a right', () => {
  const full = new Error('no space left on device');
  const cases: readonly (readonly [string, boolean, Error | undefined, 'taken' | 'denied', number])[] = [
    ['is logged', true, undefined, 'taken', 0],
    ['is refused where the log cannot be written', true, full, 'denied', 0],
    ['goes on without the log where the person wants that, and says so', false, full, 'taken', 1],
  ];
  for (const [name, required, fault, expected, warnings] of cases)
    it(name, async () => {
      const noted: NewAuditEntry[] = [];
      const warned: string[] = [];
      const rights = createRights({
        audit: {
          note: async (_root, entry) => {
            if (fault) throw fault;
            noted.push(entry);
          },
        },
        judge: async () => undefined,
        isRequired: () => required,
        log: { warn: (message) => warned.push(message) },
      });
      const denied = await rights.take(root, command('make'));
      assert.equal(denied === undefined ? 'taken' : 'denied', expected);
      if (denied) assert.match(denied.message, /no space left on device.*codegenLab\.audit\.required/u);
      assert.equal(warned.length, warnings);
      assert.deepEqual(
        noted.map(({ decision }) => decision),
        fault ? [] : ['allowed'],
      );
      await rights.note(root, { ...command('make'), decision: 'denied' });
      assert.equal(warned.length, warnings + (fault ? 1 : 0));
    });

  it('is refused where a policy is against it, which is logged', async () => {
    const noted: NewAuditEntry[] = [];
    const rights = createRights({
      audit: { note: async (_root, entry) => void noted.push(entry) },
      judge: async (_root, { argv }) => `No ${argv?.join(' ') ?? ''}.`,
      isRequired: () => true,
      log: { warn: () => undefined },
    });
    const denied = await rights.take(root, { ...command('make'), argv: ['make', 'all'] });
    assert.deepEqual(denied, { code: 'policy.denied', message: 'No make all.' });
    const { right } = command('make');
    assert.deepEqual(
      noted.map(({ decision, by, right: about }) => ({ decision, by, about })),
      [{ decision: 'denied', by: { kind: 'policy', detail: 'No make all.' }, about: right }],
    );
    assert.ok(!('argv' in (noted[0] ?? {})));
  });

  it('keeps no secret, no escape and no endless text or list', async () => {
    const noted: NewAuditEntry[] = [];
    const rights = createRights({
      audit: { note: async (_root, entry) => void noted.push(entry) },
      judge: async () => undefined,
      isRequired: () => true,
      log: { warn: () => undefined },
    });
    await rights.take(root, command(`curl -H ${key} \u001b]0;title\u0007 \u202e${'x'.repeat(10_000)}`));
    const paths = Array.from({ length: 80 }, (_, index) => `src/${index}.ts`);
    await rights.take(root, { ...command(''), right: { kind: 'land', paths } });
    const [first, second] = noted;
    const json = JSON.stringify(first);
    assert.ok(!json.includes(key) && json.includes('[redacted Anthropic key]'), json);
    assert.ok(json.length < 1_000 && !/\\u001b|\u202e/u.test(json), json);
    assert.ok(second?.right.kind === 'land' && second.right.paths.length === 51);
    assert.equal(second.right.paths.at(-1), 'and 30 more');
  });
});
