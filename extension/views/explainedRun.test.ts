import assert from 'node:assert/strict';
import { busyRun, sampleRun } from '../test/sampleViews.ts';
import { explainedRun } from './explainedRun.ts';

const none = (): undefined => undefined;

describe('why a run happened', () => {
  it('is what happened, what decided and how it ended, each with its place', () => {
    const place = { path: '.cursor/rules/base.mdc', line: 2, character: 6 };
    const decision = { reason: 'its globs match', place };
    const facts = explainedRun(
      sampleRun({ cause: { event: 'save', origin: 'user', depth: 0, decision } }),
      none,
    );
    assert.deepEqual(
      facts.map(({ label, target }) => [label, target]),
      [
        ['$(zap) save of src/a.py', { kind: 'place', path: 'src/a.py', line: 0, character: 0 }],
        ['$(check) Because its globs match', { kind: 'place', ...place }],
        ['$(flag) It ended: landed', { kind: 'run', run: 'r1' }],
      ],
    );
    assert.deepEqual([facts[0]?.description, facts[1]?.detail], ['by you', '.cursor/rules/base.mdc:3:7']);
  });

  const causes: readonly (readonly [
    title: string,
    run: ReturnType<typeof sampleRun>,
    at: number,
    label: string,
  ])[] = [
    [
      'a person who named the rule',
      sampleRun({ cause: { event: 'manual', origin: 'user', depth: 0 } }),
      1,
      '$(check) Because you ran it',
    ],
    ['a journal that is older', sampleRun(), 1, '$(check) Its journal does not say why'],
    ['a run that goes on', busyRun('asking'), 2, '$(flag) It goes on'],
    ['tests that a person ran', sampleRun({ file: '', rule: '' }), 0, '$(zap) save'],
  ];
  for (const [title, run, at, label] of causes)
    it(`is told of ${title}`, () => assert.equal(explainedRun(run, none)[at]?.label, label));

  it('leads to the run that caused it', () => {
    const cause = { event: 'accepted', origin: 'user', depth: 2, causedBy: 'r0' } as const;
    const earlier = sampleRun({ run: 'r0', rule: 'writer', file: 'b.py' });
    const facts = explainedRun(sampleRun({ cause }), (run) => (run === 'r0' ? earlier : undefined));
    assert.deepEqual(facts[2], {
      label: '$(arrow-up) What an earlier run landed caused it',
      description: '2 runs deep',
      detail: 'writer on b.py',
      target: { kind: 'run', run: 'r0' },
    });
  });
});
