import assert from 'node:assert/strict';
import type { ApprovalMode } from '../../protocol/runEvents.ts';
import type { Action, BudgetWish, Rule } from '../rules/rule.ts';
import { defaultSettings, type Settings } from '../settings.ts';
import { parseModelsFile, readModelSettings } from '../routing/modelsFile/parseModelsFile.ts';
import { effectiveApproval, effectiveBudget, spanLimits } from './effectiveLimits.ts';

const rule = (budget: BudgetWish, approval?: ApprovalMode): Rule => ({ budget, approval }) as Rule;
const action = (approval?: ApprovalMode): Action => ({ approval }) as Action;
const settings = (approval: ApprovalMode): Settings => ({ ...defaultSettings, approval });

function said({ user = {}, team = '' }: { readonly user?: object; readonly team?: string }) {
  return {
    user: readModelSettings({ roles: {}, calls: {}, limits: user }).choices,
    team: parseModelsFile(team).choices,
  };
}

describe('effective limits', () => {
  it('lets a rule lower a budget and never raise it', () => {
    const budget = effectiveBudget(defaultSettings, rule({ usd: 99, attempts: 2, seconds: -1 }), said({}));
    assert.deepEqual(budget, { usd: 0.5, tokens: 200_000, seconds: 0, attempts: 2 });
  });

  it('takes the least of settings, team and rule', () => {
    const sources = said({
      user: { usd: { run: 0.4, day: 9, workspace: 50 }, seconds: { call: 30 } },
      team: 'limits: { usd: { run: 0.3, call: 0.1 }, tokens: { run: 900000, workspace: 7 }, seconds: { call: 60 } }',
    });
    assert.deepEqual(effectiveBudget(defaultSettings, rule({}), sources), {
      usd: 0.3,
      tokens: 200_000,
      seconds: 600,
      attempts: 5,
    });
    assert.deepEqual(spanLimits('call', defaultSettings, sources), { usd: 0.1, ms: 30_000 });
    assert.deepEqual(spanLimits('day', defaultSettings, sources), { usd: 5 });
    assert.deepEqual(spanLimits('workspace', defaultSettings, sources), { usd: 50, tokens: 7 });
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
      assert.equal(effectiveApproval(settings(user), rule({}, ofRule), [action(ofAction)]), expected);
    });
  }
});
