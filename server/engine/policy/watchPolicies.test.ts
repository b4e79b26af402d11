import assert from 'node:assert/strict';
import type { NewAuditEntry } from '../../protocol/audit.ts';
import type { KeptTexts } from '../ports/keptTexts.ts';
import type { PolicyText } from '../ports/policies.ts';
import { watchPolicies } from './watchPolicies.ts';

const loose = 'roles: { rules: { tests: true } }\n';
const strict = 'roles: { rules: { tests: false } }\n';

function memoryTexts(): KeptTexts {
  const texts = new Map<string, string>();
  return {
    read: async (root, name) => texts.get(`${root} ${name}`),
    write: async (root, name, text) => void texts.set(`${root} ${name}`, text),
  };
}

describe('watching policies', () => {
  /** One process after another, each with the texts that it finds, over the same storage. */
  async function watch(
    ...processes: readonly (readonly (readonly PolicyText[])[])[]
  ): Promise<readonly string[]> {
    const told: string[] = [];
    const note = async (_root: string, { right, decision }: NewAuditEntry): Promise<void> => {
      assert.ok(right.kind === 'policy' && decision === 'noted');
      told.push([right.file, right.change, ...right.changes, ...(right.sum ? ['sum'] : [])].join(' '));
    };
    const kept = memoryTexts();
    for (const looks of processes) {
      let found: readonly PolicyText[] = [];
      const policies = watchPolicies({
        policies: { read: async () => found },
        kept,
        digest: (text) => `digest of ${text}`,
        note,
      });
      for (const look of looks) {
        found = look;
        assert.deepEqual(await policies.read('/w'), look);
      }
    }
    return told;
  }
  const at = (text: PolicyText['text']): readonly PolicyText[] => [{ file: 'p.yaml', text }];

  it('tells of each change once', async () =>
    assert.deepEqual(await watch([[], at(loose), at(loose), at(strict), at(strict), []]), [
      'p.yaml added sum',
      'p.yaml changed roles.rules.tests stricter sum',
      'p.yaml removed roles.rules.tests looser',
    ]));

  it('tells what changed while nobody looked, and what it was told before not again', async () =>
    assert.deepEqual(await watch([at(strict)], [at(strict)], [at(loose)], [at(loose)]), [
      'p.yaml added roles.rules.tests stricter sum',
      'p.yaml changed roles.rules.tests looser sum',
    ]));

  it('tells what cannot be understood, or read', async () =>
    assert.deepEqual(await watch([at('roles: ['), at({ unreadable: 'EACCES' }), at(strict)]), [
      'p.yaml broken sum',
      'p.yaml broken',
      'p.yaml changed it can be understood again sum',
    ]));

  it('tells files apart', async () =>
    assert.deepEqual(
      await watch([
        [
          { file: '/etc/p.yaml', text: strict },
          { file: 'p.yaml', text: loose },
        ],
        at(loose),
      ]),
      [
        '/etc/p.yaml added roles.rules.tests stricter sum',
        'p.yaml added sum',
        '/etc/p.yaml removed roles.rules.tests looser',
      ],
    ));
});
