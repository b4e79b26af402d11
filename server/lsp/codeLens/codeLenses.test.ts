import assert from 'node:assert/strict';
import type { CodeLens } from 'vscode-languageserver/node';
import { parseRuleDocument } from '../../engine/rules/parseRuleDocument.ts';
import type { RunView, StatusView, ViewState } from '../../protocol/viewState.ts';
import { createRunView } from '../../test/runViews.ts';
import { codeLenses } from './codeLenses.ts';
import { queryLenses } from './queryLenses.ts';
import { ruleLenses } from './ruleLenses.ts';

const root = '/w';
const path = '.cursor/rules/tests.mdc';
const text = '---\nglobs: src/**/*.js\non: save\nactions:\n  - type: generate_tests\n---\nWrite tests.\n';

function viewOf(runs: readonly Partial<RunView>[], status: Partial<StatusView> = {}): ViewState {
  const spentToday = { usd: 0, tokens: 0, unknownPrice: false };
  const base = { state: 'idle', message: '', rules: 1, running: 0, waiting: 0, spentToday } as const;
  return {
    status: { ...base, model: 'ollama/m', ...status },
    runs: runs.map((run) => createRunView({ folder: root, ruleId: path, ...run })),
    tests: [],
  };
}

const withoutModel = (status: Partial<StatusView>): ViewState => {
  const view = viewOf([], status);
  const { model: _model, ...rest } = view.status;
  return { ...view, status: rest };
};

const show = (lenses: readonly CodeLens[]): readonly string[] =>
  lenses.map(({ range, command }) => {
    const argument = JSON.stringify((command?.arguments as readonly unknown[] | undefined)?.[0] ?? null);
    return `${range.start.line} ${command?.title} -> ${command?.command.replace('codegenLab.', '')} ${argument}`;
  });

describe('lenses over code', () => {
  const rules = [{ ruleId: path, name: 'tests', fixes: false }];
  const run = '{"run":"r1"}';
  const offer = `0 $(beaker) Run tests -> runRule {"ruleId":"${path}","folder":"/w","path":"src/a.js"}`;
  const cases: readonly [string, ViewState, readonly string[]][] = [
    ['offer the rule where nothing has run', viewOf([]), [offer]],
    [
      'say what came last beside the offer',
      viewOf([{ outcome: 'landed' }]),
      [`0 tests: landed, 3 passed -> showRuns ${run}`, offer],
    ],
    [
      'show what goes on, and stop it',
      viewOf([{ phase: 'asking', message: 'Asking ollama/m' }]),
      [`0 $(sync~spin) tests: Asking ollama/m -> showRuns ${run}`, `0 Stop -> stopRun ${run}`],
    ],
    [
      'ask whether the rule may act',
      viewOf([{ phase: 'waiting', waitingOn: 'approval' }]),
      [`0 $(shield) Allow rule tests? -> approveRule ${run}`],
    ],
    [
      'ask whether tests may run without a sandbox',
      viewOf([{ phase: 'waiting', waitingOn: 'unconfined' }]),
      [`0 $(shield) Tests wait for you -> allowUnconfined ${run}`],
    ],
    [
      'lead to a proposal and its decision',
      viewOf([{ phase: 'deciding', waitingOn: 'decision' }]),
      [
        `0 $(git-compare) Review: proven, 3 passed -> showProposal ${run}`,
        `0 $(check) Accept -> acceptProposal ${run}`,
        `0 $(close) Reject -> rejectProposal ${run}`,
      ],
    ],
    [
      'keep the question of one rule in sight when another ran later',
      viewOf([
        { run: 'r2', ruleId: 'other.mdc', rule: 'other', outcome: 'failed' },
        { phase: 'waiting', waitingOn: 'approval' },
      ]),
      [`0 $(shield) Allow rule tests? -> approveRule ${run}`],
    ],
    [
      'say nothing of other files, other folders and tests that a person ran',
      viewOf([{ file: 'src/b.js' }, { folder: '/other' }, { rule: '', ruleId: '', outcome: 'failed' }]),
      [offer],
    ],
    ['offer nothing where no model is chosen', withoutModel({ state: 'noModel' }), []],
    ['offer nothing where the workspace is not trusted', viewOf([], { state: 'restricted' }), []],
  ];
  for (const [title, view, expected] of cases) {
    it(title, () => assert.deepEqual(show(codeLenses(root, 'src/a.js', rules, view)), expected));
  }
});

describe('lenses over a rule', () => {
  const document = parseRuleDocument(path, text);
  const target = `{"ruleId":"${path}","folder":"/w"}`;
  const acting = [`0 $(play) Run -> runRule ${target}`, `0 Preview Prompt -> previewPrompt ${target}`];
  const cases: readonly [string, ViewState, readonly string[]][] = [
    ['run it and show its prompt', viewOf([]), acting],
    [
      'say what came of it last, on whichever file',
      viewOf([{ file: 'src/b.js', outcome: 'rejected' }]),
      [...acting, '0 Last: rejected, 3 passed -> showRuns {"run":"r1"}'],
    ],
    [
      'lead to its proposal',
      viewOf([{ phase: 'deciding', waitingOn: 'decision' }]),
      [
        ...acting,
        '0 Last: proven, 3 passed -> showRuns {"run":"r1"}',
        '0 $(git-compare) Review Proposal -> showProposal {"run":"r1"}',
      ],
    ],
    [
      'ask whether it may act',
      viewOf([{ phase: 'waiting', waitingOn: 'approval' }]),
      [
        ...acting,
        '0 Last: waiting… -> showRuns {"run":"r1"}',
        '0 $(shield) Allow rule tests? -> approveRule {"run":"r1"}',
      ],
    ],
    [
      'lead to a model where none is chosen',
      withoutModel({ state: 'noModel' }),
      [
        '0 No model chosen: Set API Key -> setApiKey null',
        '0 Use Ollama -> useOllama null',
        '0 Try Recorded Demo -> tryRecordedDemo null',
      ],
    ],
    [
      'lead to trust where it is missing',
      viewOf([], { state: 'restricted' }),
      ['0 Restricted: trust this workspace to run rules -> workbench.trust.manage null'],
    ],
  ];
  for (const [title, view, expected] of cases) {
    it(title, () => assert.deepEqual(show(ruleLenses(root, document, view)), expected));
  }

  it('lead to its files and to what it inherits, over every rule of a file', () => {
    const withBlock = parseRuleDocument(path, `${text.replace('save', 'sve')}<rule>\nname: b\n</rule>\n`);
    const block = `{"ruleId":"${path}#1","folder":"/w"}`;
    assert.deepEqual(show(queryLenses(root, withBlock)), [
      `0 Show Matches -> showMatchedFiles ${target}`,
      `0 Effective Rule -> showEffectiveRule ${target}`,
      `7 Show Matches -> showMatchedFiles ${block}`,
      `7 Effective Rule -> showEffectiveRule ${block}`,
    ]);
  });

  it('let a draft act', () => {
    const draft = '.cursor/drafts/idea.mdc';
    const [first] = show(queryLenses(root, parseRuleDocument(draft, text)));
    assert.equal(
      first,
      '0 $(rocket) Promote Draft -> promoteDraft {"uri":"file:///w/.cursor/drafts/idea.mdc"}',
    );
  });

  it('let a rule of commands run without a model', () => {
    const commands = text.replace('type: generate_tests', 'type: test');
    const { model: _model, ...status } = viewOf([]).status;
    const shown = show(ruleLenses(root, parseRuleDocument(path, commands), { ...viewOf([]), status }));
    assert.deepEqual(
      shown.map((each) => each.split(' -> ')[0]),
      ['0 $(play) Run'],
    );
  });

  it('stand over no rule that cannot act or only checks', () => {
    for (const changed of [text.replace('save', 'sve'), text.replace('generate_tests', 'reject')])
      assert.deepEqual(show(ruleLenses(root, parseRuleDocument(path, changed), viewOf([]))), []);
  });
});
