import assert from 'node:assert/strict';
import fc from 'fast-check';
import { comparePolicies } from './comparePolicies.ts';

const policy = (body: string): string => `roles: { rules: { ${body} } }\n`;

describe('what changed in a policy', () => {
  const cases: readonly (readonly [string, string | undefined, string | undefined, object | undefined])[] = [
    ['nothing', policy('commands: [make]'), policy('commands: [make]'), undefined],
    [
      'only how it is written',
      policy('write: [a, b]'),
      `# A comment.\n${policy('write: [b, a]')}`,
      { change: 'changed', changes: [] },
    ],
    [
      'that it is new',
      undefined,
      policy('commands: [make]'),
      { change: 'added', changes: ['roles.rules.commands stricter'] },
    ],
    [
      'that it is gone',
      policy('approve: false'),
      undefined,
      { change: 'removed', changes: ['roles.rules.approve looser'] },
    ],
    ['that it cannot be understood', policy('tests: true'), 'roles: [', { change: 'broken', changes: [] }],
    [
      'that it was mended',
      'roles: [',
      policy('tests: true'),
      { change: 'changed', changes: ['it can be understood again'] },
    ],
    ['that a broken one is gone', 'roles: [', undefined, { change: 'removed', changes: [] }],
    [
      'a shorter list',
      policy('ask: [a/x, b/y]'),
      policy('ask: [a/x]'),
      { change: 'changed', changes: ['roles.rules.ask stricter'] },
    ],
    [
      'a longer one',
      policy('ask: [a/x]'),
      policy('ask: [a/x, b/y]'),
      { change: 'changed', changes: ['roles.rules.ask looser'] },
    ],
    [
      'another one',
      policy('ask: [a/x]'),
      policy('ask: [b/y]'),
      { change: 'changed', changes: ['roles.rules.ask other'] },
    ],
    [
      'switches and amounts',
      policy('tests: true, spend: { usdPerDay: 2, usdPerRun: 1 }'),
      policy('tests: false, spend: { usdPerDay: 3 }'),
      {
        change: 'changed',
        changes: [
          'roles.rules.tests stricter',
          'roles.rules.spend.usdPerDay looser',
          'roles.rules.spend.usdPerRun looser',
        ],
      },
    ],
    [
      'what is said of single rules',
      'rules: { "gen*": { write: [] } }',
      'rules: { "gen*": { write: [test/**] } }',
      { change: 'changed', changes: ['rules.gen*.write looser'] },
    ],
  ];
  for (const [name, before, now, expected] of cases)
    it(`tells ${name}`, () => assert.deepEqual(comparePolicies('p.yaml', before, now), expected));

  it('reads whatever text there is', () => {
    const text = fc.option(
      fc.oneof(fc.string(), fc.constantFrom(policy('tests: true'), policy('write: []'))),
      {
        nil: undefined,
      },
    );
    fc.assert(
      fc.property(text, text, (before, now) => {
        assert.equal(comparePolicies('p.yaml', before, now) === undefined, before === now);
      }),
      { numRuns: 200 },
    );
  });
});
