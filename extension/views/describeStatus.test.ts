import assert from 'node:assert/strict';
import { describeStatus } from './describeStatus.ts';
import { busyRun, sampleState } from '../test/sampleViews.ts';

describe('describeStatus', () => {
  const testing = busyRun('testing');
  const deciding = busyRun('deciding', { waitingOn: 'decision' });
  const approval = busyRun('waiting', { waitingOn: 'approval' });
  for (const [state, text, command] of [
    [sampleState({ state: 'idle' }), '$(beaker) Codegen Lab', 'codegenLab.showRuns'],
    [sampleState({ state: 'noRules' }), '$(beaker) Codegen Lab: no rules', 'codegenLab.newRule'],
    [sampleState({ state: 'noModel' }), '$(beaker) Codegen Lab: no model', 'codegenLab.chooseModel'],
    [sampleState({ state: 'off' }), '$(circle-slash) Codegen Lab: off', 'codegenLab.showRuns'],
    [sampleState({ state: 'red' }), '$(error) Codegen Lab: tests red', 'codegenLab.showRuns'],
    [sampleState({ state: 'error' }), '$(warning) Codegen Lab: problem', 'codegenLab.showRuns'],
    [sampleState({ state: 'restricted' }), '$(shield) Codegen Lab: restricted', 'workbench.trust.manage'],
    [
      sampleState({ state: 'busy', running: 1 }, [deciding, testing]),
      '$(sync~spin) Codegen Lab: running tests',
      'codegenLab.showRuns',
    ],
    [
      sampleState({ state: 'busy', running: 3 }, [testing]),
      '$(sync~spin) Codegen Lab: 3 runs',
      'codegenLab.showRuns',
    ],
    [
      sampleState({ state: 'waiting', waiting: 1 }, [deciding]),
      '$(bell-dot) Codegen Lab: 1 to review',
      'codegenLab.showProposal',
    ],
    [
      sampleState({ state: 'waiting', waiting: 1 }, [approval]),
      '$(bell-dot) Codegen Lab: 1 to allow',
      'codegenLab.approveRule',
    ],
    [
      sampleState({ state: 'waiting', waiting: 2 }, [approval, deciding]),
      '$(bell-dot) Codegen Lab: 2 waiting',
      'codegenLab.showRuns',
    ],
  ] as const) {
    it(`shows ${text}`, () => {
      const described = describeStatus(state, 'running');
      assert.equal(described.text, text);
      assert.equal(described.command, command);
      assert.match(described.accessibilityLabel, /All is quiet/);
    });
  }

  it('tells model, spending and what can be done in its tooltip', () => {
    const { tooltip } = describeStatus(sampleState({ state: 'noModel', usdPerDay: 5 }), 'running');
    assert.match(tooltip, /Model: none chosen/);
    assert.match(tooltip, /Today: \\\$0\\\.25 of \\\$5\\\.00, 12\\\.5k tokens/);
    for (const name of ['setApiKey', 'useOllama', 'tryRecordedDemo'])
      assert.match(tooltip, new RegExp(`command:codegenLab\\.${name}`));
  });

  for (const [file, line] of [
    [{ name: 'a.js', percent: 82 }, '$(file-code) a\\.js: 82 % of lines covered'],
    [
      { name: 'a.test.js', tests: { passed: 4, failed: 1, skipped: 0, flaky: 2 } },
      '$(file-code) a\\.test\\.js: 1 failed, 2 flaky, 4 passed',
    ],
  ] as const) {
    it(`tells of the file that is looked at: ${line}`, () => {
      const described = describeStatus(sampleState({ state: 'idle' }), 'running', file);
      assert.ok(described.tooltip.split('\n\n').includes(line), described.tooltip);
      assert.equal(described.text, '$(beaker) Codegen Lab');
    });
  }

  it('disarms links in a hostile message', () => {
    const message = '[click](command:codegenLab.acceptProposal)';
    const { tooltip } = describeStatus(sampleState({ message }), 'running');
    assert.ok(!tooltip.includes('](command:codegenLab.acceptProposal)'));
  });

  it('offers a restart when the server is gone, whatever was shown before', () => {
    const described = describeStatus(sampleState({ state: 'idle' }), 'failed');
    assert.equal(described.text, '$(warning) Codegen Lab: stopped');
    assert.equal(described.command, 'codegenLab.restartServer');
    assert.equal(described.severity, 'error');
  });

  it('says so while the server does not answer', () => {
    const described = describeStatus(sampleState({ state: 'idle' }), 'unresponsive');
    assert.equal(described.text, '$(warning) Codegen Lab: not answering');
    assert.equal(described.severity, 'warning');
    for (const name of ['restartServer', 'doctor', 'showLog'])
      assert.match(described.tooltip, new RegExp(`command:codegenLab\\.${name}`));
  });

  it('says nothing alarming before the first state', () => {
    assert.equal(describeStatus(undefined, 'starting').text, '$(beaker) Codegen Lab');
  });
});
