import assert from 'node:assert/strict';
import type { ExplainedRule, RuleSummary } from '../../server/protocol/requests.ts';
import { groupByFile, groupByFolder, groupByKind, type RuleGroup } from './groupRules.ts';

function rule(name: string, more: Partial<RuleSummary> = {}): RuleSummary {
  return {
    folder: '/w',
    ruleId: name,
    name,
    kind: 'manual',
    uri: `file:///w/.cursor/rules/${name}.mdc`,
    line: 0,
    description: '',
    fires: false,
    active: true,
    abstract: false,
    enabled: true,
    place: 'live',
    ...more,
  };
}

const rules: readonly RuleSummary[] = [
  rule('style', { kind: 'always', description: 'How we write' }),
  rule('tests', { kind: 'autoAttached', fires: true }),
  rule('api', { kind: 'autoAttached' }),
  rule('base', { kind: 'agentRequested', active: false, abstract: true, description: 'What tests share' }),
  rule('broken', { kind: 'always', active: false, inactiveReason: 'it has `an` error' }),
  rule('idea', { place: 'draft', active: false }),
  rule('notes', { place: 'elsewhere', active: false }),
  rule('builtin:on', { place: 'library', kind: 'agentRequested' }),
  rule('builtin:off', { place: 'library', active: false, description: 'Finds leftovers' }),
];

function show(groups: readonly RuleGroup[]): readonly string[] {
  return groups.map(
    ({ label, rules: members, isCollapsed }) =>
      `${label}${isCollapsed ? ' (closed)' : ''}: ${members.map((each) => `${each.rule.name}=${each.detail}`).join(', ')}`,
  );
}

describe('the view of the rules', () => {
  it('groups them by kind', () => {
    assert.deepEqual(show(groupByKind(rules)), [
      'Triggered: tests=Auto Attached',
      'Always: style=How we write',
      'Auto Attached: api=',
      'Agent Requested: builtin:on=',
      'Abstract: base=What tests share',
      'Not Active: broken=it has an error',
      'Drafts: idea=',
      'Elsewhere (closed): notes=',
      'Library (closed): builtin:off=Finds leftovers',
    ]);
  });

  it('groups them by folder', () => {
    assert.deepEqual(
      show(groupByFolder(rules, () => '.cursor/rules')).map((line) => line.replaceAll(/=[^,]*/g, '')),
      [
        '.cursor/rules: api, base, broken, style, tests',
        'Library, Switched On: builtin:on',
        'Drafts: idea',
        'Elsewhere (closed): notes',
        'Library (closed): builtin:off',
      ],
    );
  });

  it('groups them by what they do for a file', () => {
    const no = { applies: 'no', reason: 'its globs `x` do not match' } as const;
    const yes = { applies: 'yes', reason: 'its globs match' } as const;
    const explained: readonly ExplainedRule[] = [
      { ruleId: 'tests', name: 'tests', kind: 'autoAttached', guides: yes, fires: yes },
      { ruleId: 'style', name: 'style', kind: 'always', guides: yes, fires: no },
      { ruleId: 'api', name: 'api', kind: 'autoAttached', guides: no, fires: no },
      {
        ruleId: 'builtin:on',
        name: 'on',
        kind: 'agentRequested',
        guides: { applies: 'onRequest', reason: 'the model may ask for it' },
        fires: no,
      },
      { ruleId: 'gone', name: 'gone', kind: 'always', guides: yes, fires: no },
    ];
    assert.deepEqual(show(groupByFile(rules, explained, 'a.ts')), [
      'Acts on a.ts: tests=its globs match',
      'Guides a.ts: style=its globs match',
      'When Asked For: builtin:on=the model may ask for it',
      'Does Not Apply (closed): api=its globs x do not match',
    ]);
  });
});
