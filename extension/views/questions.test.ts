import assert from 'node:assert/strict';
import {
  describeApproval,
  describeChanges,
  describeDecided,
  describeLanding,
  describeProposal,
  describeUnconfined,
} from './questions.ts';
import { busyRun, sampleApproval, sampleRun } from '../test/sampleViews.ts';

describe('questions to a person', () => {
  it('say which model a rule may ask, how often, and why it is asked', () => {
    const run = busyRun('waiting', { message: 'Rule test-writer has changed since you allowed it' });
    assert.equal(
      describeApproval(sampleApproval(), run, 'anthropic/claude'),
      'Codegen Lab: Rule test-writer has changed since you allowed it. Once allowed, it may ask the chosen model (anthropic/claude, at most 5 answers for each file), write tests for the file and run the tests. You are asked again when its text changes.',
    );
  });

  it('name the rule where nothing else does', () => {
    assert.match(
      describeApproval(sampleApproval({ may: ['run `npm test`'] }), undefined, 'anthropic/claude'),
      /^Codegen Lab: Once allowed, rule "test-writer" may run `npm test`\. You are asked again/,
    );
  });

  it('say that a rule has changed, also before it is to act', () => {
    assert.match(
      describeApproval(sampleApproval({ changed: 'itself' }), undefined, undefined),
      /^Codegen Lab: Rule test-writer has changed since you allowed it\. Once allowed, it may ask the chosen model, /,
    );
  });

  it('say that what a rule inherits has changed', () => {
    const text = describeApproval(sampleApproval({ changed: 'inherited' }), undefined, undefined);
    assert.match(
      text,
      /^Codegen Lab: What rule test-writer inherits has changed since you allowed it\. Once/,
    );
  });

  const changes: readonly (readonly [changed: readonly ('inherited' | 'itself')[], text: RegExp])[] = [
    [['inherited', 'inherited'], /2 rules inherit other texts than when you allowed them: r0 and r1\./],
    [['inherited', 'itself', 'itself'], /3 rules have changed since you allowed them: r0, r1 and r2\./],
    [Array.from({ length: 6 }, () => 'itself'), /6 rules have changed .*: r0, r1, r2 and 3 more\./],
  ];
  for (const [changed, text] of changes)
    it(`are one for ${changed.length} rules that changed together`, () => {
      const approvals = changed.map((each, at) => sampleApproval({ name: `r${at}`, changed: each }));
      assert.match(describeChanges(approvals), text);
    });

  it('say in one line what an edit would do', () => {
    const files = [
      { path: 'a.py', before: 'x', after: 'y' },
      { path: 'b.py', after: 'x' },
      { path: 'c.py', before: '' },
    ];
    assert.equal(
      describeLanding(sampleRun({ files })),
      'Codegen Lab: apply the edit of rule "test-writer" for src/a.py? It would change a.py, create b.py and delete c.py. Proven: 8 passed.',
    );
    assert.match(
      describeLanding(busyRun('deciding')),
      /It would create tests\/test_a\.py\. Not proven by tests\.$/,
    );
  });

  it('say that they were answered elsewhere', () => {
    assert.match(
      describeDecided(sampleRun(), sampleRun()),
      /for src\/a\.py is decided already \(landed\)\. Nothing more/,
    );
    assert.match(describeDecided(sampleRun(), undefined), /is decided already\. Nothing more/);
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

  it('say before anything lands what became of the tests that a model wrote, and why some are dropped', () => {
    const candidates = {
      ...{ path: 'tests/test_a.py', candidates: 4, redFirst: false, unmeasured: [], runs: 7, ms: 900 },
      kept: [{ name: 'adds', lines: 3, kills: 1 }],
      dropped: [
        { name: 'a', filter: 'mutation', reason: 'kills no mutant' },
        { name: 'b', filter: 'hygiene', reason: 'waits' },
        { name: 'c', filter: 'hygiene', reason: 'asserts nothing' },
      ],
      coverage: { path: 'src/a.py', lines: 9, before: 2, after: 5 },
    } as const;
    for (const describe of [describeProposal, describeLanding])
      assert.match(
        describe(sampleRun({ candidates })),
        / New tests: 1 kept, 3 dropped \(1 kills no mutant, 2 unclean; the run says why\); lines 2 → 5 of 9\.$/u,
      );
  });

  it('do not claim a proof without tests', () => {
    assert.match(describeProposal(busyRun('deciding')), /Not proven by tests\.$/);
    const at = { line: 0, character: 0 };
    const found = {
      path: 'a.py',
      range: { start: at, end: at },
      severity: 'error',
      code: 'ruff.S602',
      message: 'm',
    } as const;
    const scanned = { scans: [], findings: [found], held: [] };
    assert.match(describeProposal(sampleRun({ assessment: scanned })), /Scanners have 1 finding\.$/);
    const held = { ...scanned, held: ['package.json:5: New dependency: x.', 'b'] };
    assert.match(
      describeProposal(sampleRun({ assessment: held })),
      /concerns what is installed: package\.json:5: New dependency: x\. And 1 more\.$/,
    );
  });
});
