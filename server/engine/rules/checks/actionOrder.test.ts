import assert from 'node:assert/strict';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import { checkActionOrder } from './actionOrder.ts';

/** Codes and messages for actions with these keys, one flow map each. */
function check(...actions: readonly string[]): readonly string[] {
  const lines = actions.map((each) => `  - {type: run, command: x, ${each}}`);
  const text = ['---', 'actions:', ...lines, '---', ''].join('\n');
  const { actions: read } = parseRuleDocument('.cursor/rules/a.mdc', text).file;
  return checkActionOrder(read, read).map(
    ({ code, message, span }) => `${code} ${text.slice(span.start, span.end)} ${message}`,
  );
}

describe('the order of actions', () => {
  const rows: readonly (readonly [title: string, actions: readonly string[], problems: readonly string[]])[] =
    [
      ['is fine', ['id: a, fallback: b', 'id: b', 'needs: a'], []],
      [
        'names an id that is not there',
        ['id: a', 'fallback: b'],
        ['rule.unknown-action-id b No action has the id `b`. Ids are `a`.'],
      ],
      [
        'waits for itself',
        ['id: a, needs: b', 'id: b, needs: a'],
        [
          'rule.needs-cycle b This action waits for itself: `a` → `b` → `a`.',
          'rule.needs-cycle a This action waits for itself: `b` → `a` → `b`.',
        ],
      ],
      [
        'falls back on itself',
        ['id: a, fallback: a'],
        ['rule.needs-cycle a This action falls back on itself: `a` → `a`.'],
      ],
      [
        'falls back on what falls back on it',
        ['id: a, fallback: b', 'id: b, fallback: a'],
        [
          'rule.needs-cycle b This action falls back on itself: `a` → `b` → `a`.',
          'rule.needs-cycle a This action falls back on itself: `b` → `a` → `b`.',
        ],
      ],
      [
        'leads into a circle of others',
        ['id: c, fallback: a', 'id: a, fallback: b', 'id: b, fallback: a'],
        [
          'rule.needs-cycle b This action falls back on itself: `a` → `b` → `a`.',
          'rule.needs-cycle a This action falls back on itself: `b` → `a` → `b`.',
        ],
      ],
    ];
  for (const [title, actions, problems] of rows)
    it(title, () => assert.deepEqual(check(...actions), problems));
});
