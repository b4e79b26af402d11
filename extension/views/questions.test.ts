import assert from 'node:assert/strict';
import { describeApproval, describeProposal, describeUnconfined } from './questions.ts';
import { busyRun, sampleRun } from '../test/sampleViews.ts';

describe('questions to a person', () => {
  it('say which model a rule may ask, how often, and why it is asked', () => {
    const run = busyRun('waiting', { message: 'Rule test-writer has changed since you allowed it' });
    assert.equal(
      describeApproval(run, 'anthropic/claude'),
      'Codegen Lab: Rule test-writer has changed since you allowed it. Once allowed, it may ask anthropic/claude (at most 5 answers for each file) and run the tests. You are asked again when its text changes.',
    );
  });

  it('name the rule where nothing else does', () => {
    assert.match(
      describeApproval(busyRun('waiting', { message: '', attempts: 1 }), undefined),
      /^Codegen Lab: Once allowed, rule "test-writer" may ask a model \(at most 1 answer for each file\)/,
    );
  });

  it('say what would run without a sandbox', () => {
    const text = describeUnconfined(busyRun('waiting', { message: 'bubblewrap is not installed.' }));
    assert.match(text, /bubblewrap is not installed\. The tests of rule "test-writer"/);
    assert.match(text, /It wrote tests\/test_a\.py\./);
  });

  it('say what was proven', () => {
    assert.equal(
      describeProposal(sampleRun()),
      'Codegen Lab: tests/test_a.py proven (8 passed) by rule "test-writer" for src/a.py.',
    );
  });

  it('do not claim a proof without tests', () => {
    assert.match(describeProposal(busyRun('deciding')), /Not proven by tests\.$/);
  });
});
