import assert from 'node:assert/strict';
import type { ActionFinding } from '../engine/journal/actionFindings.ts';
import { provideSurvivorFixes } from './provideSurvivorFixes.ts';

const uri = 'file:///w/a.py';
const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } };

function survivor(mutant: string, path = 'a.py'): ActionFinding {
  return {
    ...{ id: `r/mutants/${mutant}`, run: 'r', path, range, severity: 'information' },
    ...{ code: 'mutation.survived', message: `No test would fail if ${mutant}.`, mutant },
  };
}

function ask(
  known: readonly ActionFinding[],
  shown: readonly Pick<ActionFinding, 'code' | 'message'>[],
  only?: string,
): readonly unknown[] {
  const actions = provideSurvivorFixes(
    {
      engine: { actionFindings: () => known },
      folders: { place: () => ({ root: '/w', path: 'a.py' }) },
    },
    {
      textDocument: { uri },
      range,
      context: {
        diagnostics: shown.map(({ code, message }) => ({ range, code, message })),
        ...(only === undefined ? {} : { only: [only] }),
      },
    },
  );
  return actions.map(({ title, command }) => [title, command?.command, command?.arguments]);
}

const offered = (title: string, ...survivors: readonly string[]): readonly unknown[] => [
  title,
  'codegenLab.killSurvivors',
  [{ folder: '/w', path: 'a.py', survivors }],
];

describe('tests for what tests let live, in an editor', () => {
  const [one, two, other] = [survivor('m1'), survivor('m2'), survivor('m3', 'b.py')];
  for (const [what, known, shown, expected] of [
    ['this one', [one, other], [one], [offered('Generate tests that notice this', 'm1')]],
    [
      'this one and all of the file',
      [one, two, other],
      [two],
      [
        offered('Generate tests that notice this', 'm2'),
        offered('Generate tests that notice all 2 of this file', 'm1', 'm2'),
      ],
    ],
    ['several', [one, two], [one, two], [offered('Generate tests that notice these', 'm1', 'm2')]],
    ['none that is not known any more', [two], [one], []],
    ['none for another finding', [one], [{ ...one, code: 'review.finding' }], []],
  ] as const)
    it(`are offered for ${what}`, () => assert.deepEqual(ask(known, shown), expected));

  it('are quick fixes', () => {
    assert.equal(ask([one], [one], 'quickfix').length, 1);
    assert.equal(ask([one], [one], 'refactor').length, 0);
  });
});
