import assert from 'node:assert/strict';
import type { ExplainedRule, RuleAnswer } from '../../server/protocol/requests.ts';
import { explainedItems } from './explainedItems.ts';

function rule(name: string, fires: RuleAnswer): ExplainedRule {
  return { ruleId: name, name, kind: 'manual', guides: { applies: 'no', reason: 'x' }, fires };
}

describe('the list of explained rules', () => {
  it('has what acts first, and for each why, where and what would change it', () => {
    const start = { line: 2, character: 4 };
    const place = { uri: 'file:///w/.cursor/rules/a%20b.mdc', range: { start, end: start } };
    const items = explainedItems([
      rule('off', { applies: 'no', reason: 'it fires on `open`', place, change: 'Add `save` to its `on`.' }),
      rule('on', { applies: 'yes', reason: 'it checks live' }),
      rule('asks', { applies: 'onRequest', reason: 'it asks you first', change: 'Allow the rule.' }),
    ]);
    assert.deepEqual(
      items.map(({ label, description, detail }) => [label, description, detail]),
      [
        ['$(check) on', '', 'It checks live.'],
        ['$(question) asks', '', 'It asks you first. → Allow the rule.'],
        ['$(circle-slash) off', 'a b.mdc:3:5', 'It fires on `open`. → Add `save` to its `on`.'],
      ],
    );
  });

  it('shows a name as it is where it cannot be decoded', () => {
    const start = { line: 0, character: 0 };
    const place = { uri: 'builtin:100%', range: { start, end: start } };
    const [item] = explainedItems([rule('a', { applies: 'yes', reason: 'x', place })]);
    assert.equal(item?.description, 'builtin:100%:1:1');
  });
});
