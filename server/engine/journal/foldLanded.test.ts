import assert from 'node:assert/strict';
import type { ProposedFile, RunEvent, RunStep } from '../../protocol/runEvents.ts';
import { foldLanded } from './foldLanded.ts';

function journal(...steps: readonly RunStep[]): readonly RunEvent[] {
  return steps.map((step, seq) => ({ ...step, v: 1, run: 'r', seq, at: seq }));
}

const a: ProposedFile = { path: 'a', before: '1', after: '2' };
const b: ProposedFile = { path: 'b', after: 'new' };
const ready = (...files: readonly ProposedFile[]): RunStep => ({
  type: 'proposal.ready',
  files,
  summary: '',
});
const accepted = (...paths: readonly string[]): RunStep => ({
  type: 'proposal.accepted',
  by: 'person',
  paths,
});
const landed = (...paths: readonly string[]): RunStep => ({ type: 'edit.landed', paths });
const notLanded: RunStep = { type: 'edit.notLanded', code: 'edit.stale', message: '' };
const command = (
  place: 'workspace' | 'copy',
  changed: readonly string[],
  written: readonly ProposedFile[] = [],
): RunStep => ({
  ...{ type: 'action.finished', action: '#1', kind: 'run', attempt: 1, result: 'succeeded' },
  ...{ code: 'ok', message: '', ms: 1, place, changed, written },
});

describe('what a run changed in the user’s tree', () => {
  const cases: readonly (readonly [
    what: string,
    steps: readonly RunStep[],
    files: readonly ProposedFile[],
    unkept?: readonly string[],
  ])[] = [
    ['nothing before a proposal is accepted', [ready(a)], []],
    ['what landed', [ready(a, b), accepted('a', 'b'), landed('a', 'b')], [a, b]],
    ['the accepted files alone', [ready(a, b), accepted('b'), landed('b')], [b]],
    ['what may be half written when the process died', [ready(a), accepted('a')], [a]],
    ['nothing where the landing was refused', [ready(a), accepted('a'), notLanded], []],
    [
      'what commands changed before, where the landing was refused',
      [command('workspace', ['c'], [{ path: 'c', after: 'x' }]), ready(a), accepted('a'), notLanded],
      [{ path: 'c', after: 'x' }],
    ],
    [
      'the last proposal, where a part was taken out of the first',
      [ready(a, b), ready({ path: 'a', before: '1', after: '3' }), accepted('a'), landed('a')],
      [{ path: 'a', before: '1', after: '3' }],
    ],
    [
      'from the first text to the last, where several actions changed a file',
      [
        command('workspace', ['a'], [{ path: 'a', before: '0', after: '1' }]),
        command('workspace', ['a'], [{ path: 'a', before: '1' }]),
      ],
      [{ path: 'a', before: '0' }],
    ],
    ['nothing that a command changed in the copy', [command('copy', ['a'], [a])], []],
    ['the names of what was not kept', [command('workspace', ['a', 'b'], [a])], [a], ['b']],
    [
      'no text of a file that was not kept at first',
      [command('workspace', ['a']), command('workspace', ['a'], [a])],
      [],
      ['a'],
    ],
    [
      'what an undo took back',
      [{ type: 'undo.planned', files: [{ path: 'a', before: '2', after: '1' }], left: [] }, landed('a')],
      [{ path: 'a', before: '2', after: '1' }],
    ],
  ];
  for (const [what, steps, files, unkept = []] of cases) {
    it(`is ${what}`, () => assert.deepEqual(foldLanded(journal(...steps)), { files, unkept }));
  }
});
