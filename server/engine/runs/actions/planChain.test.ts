import assert from 'node:assert/strict';
import { parseRuleDocument } from '../../rules/parseRuleDocument.ts';
import type { ActionResultKind } from '../../../protocol/runEvents.ts';
import { decideLink, isMended, planChain } from './planChain.ts';

/** Actions as a rule writes them, one flow map each. */
function linksOf(...actions: readonly string[]) {
  const text = [
    '---',
    'actions:',
    ...actions.map((each) => `  - {type: run, command: x, ${each}}`),
    '---',
    '',
  ].join('\n');
  return planChain(parseRuleDocument('.cursor/rules/a.mdc', text).file.actions);
}

type Row = readonly [
  title: string,
  actions: readonly string[],
  ended: Readonly<Record<string, ActionResultKind>>,
  steps: Readonly<Record<string, string>>,
];

const three = ['id: a', 'id: b', 'id: c'];
const rows: readonly Row[] = [
  ['begins with the first', three, {}, { a: 'runs', b: 'waits', c: 'waits' }],
  ['goes on after a success', three, { a: 'succeeded' }, { b: 'runs', c: 'waits' }],
  ['skips after a failure', three, { a: 'failed' }, { b: 'skipped' }],
  ['skips what follows what was skipped', three, { a: 'failed', b: 'skipped' }, { c: 'skipped' }],
  ['takes a refusal for no success', three, { a: 'refused' }, { b: 'skipped' }],
  [
    'does something on failure only',
    ['id: a', 'id: b, when: failure', 'id: c'],
    { a: 'succeeded' },
    { b: 'skipped' },
  ],
  [
    'sees through what was not needed',
    ['id: a', 'id: b, when: failure', 'id: c'],
    { a: 'succeeded', b: 'skipped' },
    { c: 'runs' },
  ],
  [
    'goes on after a mended failure',
    ['id: a', 'id: b, when: failure', 'id: c'],
    { a: 'failed', b: 'succeeded' },
    { c: 'runs' },
  ],
  ['cleans up always', ['id: a', 'id: b, when: always'], { a: 'failed' }, { b: 'runs' }],
  ['does nothing on failure at the beginning', ['id: a, when: failure'], {}, { a: 'skipped' }],
  [
    'lets branches begin together',
    ['id: a', 'id: b, needs: a', 'id: c, needs: a'],
    { a: 'succeeded' },
    { b: 'runs', c: 'runs' },
  ],
  ['waits for all branches', ['id: a', 'id: b', 'id: c, needs: [a, b]'], { a: 'succeeded' }, { c: 'waits' }],
  [
    'joins branches',
    ['id: a', 'id: b', 'id: c, needs: [a, b]'],
    { a: 'succeeded', b: 'succeeded' },
    { c: 'runs' },
  ],
  [
    'is skipped when a branch was',
    ['id: a', 'id: b', 'id: c, needs: [a, b]'],
    { a: 'succeeded', b: 'skipped' },
    { c: 'skipped' },
  ],
  [
    'answers the failure of a branch',
    ['id: a', 'id: b', 'id: c, needs: [a, b], when: failure'],
    { a: 'succeeded', b: 'failed' },
    { c: 'runs' },
  ],
  [
    'answers no failure where none was',
    ['id: a', 'id: b, needs: a, when: failure'],
    { a: 'skipped' },
    { b: 'skipped' },
  ],
  ['joins always', ['id: a', 'id: b, needs: a, when: always'], { a: 'skipped' }, { b: 'runs' }],
];

describe('a chain', () => {
  for (const [title, actions, ended, steps] of rows)
    it(title, () => {
      const links = linksOf(...actions);
      const decided = links
        .filter(({ key }) => key in steps)
        .map((link) => [link.key, decideLink(link, links, new Map(Object.entries(ended))).kind]);
      assert.deepEqual(Object.fromEntries(decided), steps);
    });

  it('names actions without an id by their place, and leaves fallbacks to whom they belong', () => {
    const links = linksOf(
      'retry: 1, fallback: b',
      'id: b, fallback: c',
      'id: c, fallback: b',
      'when: always',
    );
    assert.deepEqual(
      links.map(({ key, previous, fallback }) => [
        key,
        previous,
        fallback?.key,
        fallback?.fallback?.key,
        fallback?.fallback?.fallback?.key,
      ]),
      [
        ['#1', undefined, 'b', 'c', undefined],
        ['#4', '#1', undefined, undefined, undefined],
      ],
    );
  });

  it('waits for the action that a fallback stands for', () => {
    const links = linksOf(
      'id: a, fallback: b',
      'id: b, fallback: c',
      'id: c',
      'id: d, needs: [c, a, nowhere]',
    );
    assert.deepEqual(
      links.map(({ key, needs }) => [key, needs]),
      [
        ['a', undefined],
        ['d', ['a']],
      ],
    );
  });

  it('takes a failure for mended when what answers it succeeded', () => {
    const links = linksOf('id: a', 'id: b, when: failure', 'id: c, when: always');
    const mended = (b: ActionResultKind): boolean =>
      isMended('a', links, new Map(Object.entries({ a: 'failed', b, c: 'succeeded' } as const)));
    assert.deepEqual([mended('succeeded'), mended('failed'), mended('skipped')], [true, false, false]);
  });
});
