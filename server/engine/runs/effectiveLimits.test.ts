import assert from 'node:assert/strict';
import type { ApprovalMode } from '../../protocol/runEvents.ts';
import type { Action, BudgetWish, Rule } from '../rules/rule.ts';
import { defaultSettings, type Settings } from '../settings.ts';
import { effectiveApproval, effectiveBudget } from './effectiveLimits.ts';

const rule = (budget: BudgetWish, approval?: ApprovalMode): Rule => ({ budget, approval }) as Rule;
const action = (approval?: ApprovalMode): Action => ({ approval }) as Action;
const settings = (approval: ApprovalMode): Settings => ({ ...defaultSettings, approval });

describe('effective limits', () => {
  it('lets a rule lower a budget and never raise it', () => {
    const budget = effectiveBudget(defaultSettings, rule({ usd: 99, attempts: 2, seconds: -1 }));
    assert.deepEqual(budget, { usd: 0.5, tokens: 200_000, seconds: 0, attempts: 2 });
  });

  const approvals: readonly [
    ApprovalMode,
    ApprovalMode | undefined,
    ApprovalMode | undefined,
    ApprovalMode,
  ][] = [
    ['preview', 'auto', 'auto', 'preview'],
    ['auto', undefined, undefined, 'auto'],
    ['auto', 'ask', undefined, 'ask'],
    ['auto', 'ask', 'preview', 'preview'],
    ['ask', 'auto', undefined, 'ask'],
  ];
  for (const [user, ofRule, ofAction, expected] of approvals) {
    it(`takes ${expected} of ${user}, ${ofRule ?? 'nothing'} and ${ofAction ?? 'nothing'}`, () => {
      assert.equal(effectiveApproval(settings(user), rule({}, ofRule), action(ofAction)), expected);
    });
  }
});
