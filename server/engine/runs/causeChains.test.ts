import assert from 'node:assert/strict';
import type { RunEvent } from '../../protocol/runEvents.ts';
import { CauseChains, type Landed } from './causeChains.ts';

function started(run: string, rule: string, depth: number, causedBy?: string): RunEvent {
  const cause = {
    event: 'save',
    origin: 'user',
    depth,
    ...(causedBy === undefined ? {} : { causedBy }),
  } as const;
  return {
    type: 'run.started',
    v: 1,
    run,
    seq: 0,
    at: 0,
    rule,
    ruleId: rule,
    ruleHash: '',
    action: 'generate_tests',
    file: 'a.ts',
    fileDigest: '',
    cause,
    budget: { usd: 1, tokens: 1, seconds: 1, attempts: 1 },
    approval: 'auto',
  };
}

/** Its tests fail in place. */
function red(run: string, message: string): RunEvent {
  const failure = { message, detail: '', frames: [] };
  const tests = [{ id: 't', name: 't', suites: [], status: 'failed', ms: 0, failure } as const];
  const outcome = { kind: 'finished', tests, ms: 0 } as const;
  return {
    ...{ type: 'test.finished', v: 1, run, seq: 1, at: 0 },
    ...{ phase: 'inPlace', attempt: 0, runner: 'r', outcome },
  };
}

describe('runs that cause one another', () => {
  const chains = (...runs: readonly RunEvent[]): CauseChains => {
    const made = new CauseChains((text) => text);
    for (const run of runs) made.note(run);
    return made;
  };
  const change = (before: string, after: string | undefined) => [
    { path: 'a.ts', before, ...(after === undefined ? {} : { after }) },
  ];

  it('raise one event for each file that landed, one deeper, of the same origin', () => {
    const landed = chains(started('1', 'A', 0)).land('/w', '1', change('x', 'y'));
    assert.deepEqual(landed, {
      kind: 'raised',
      events: [
        {
          root: '/w',
          path: 'a.ts',
          name: 'accepted',
          origin: 'user',
          depth: 1,
          text: 'y',
          before: 'x',
          causedBy: { run: '1', rules: ['A'] },
        },
      ],
    } satisfies Landed);
  });

  for (const { name, errors, isLoop } of [
    { name: 'the same error twice', errors: ['e', 'e'], isLoop: true },
    { name: 'two errors', errors: ['e', 'f'], isLoop: false },
    { name: 'one error', errors: ['e', ''], isLoop: false },
  ])
    it(`${isLoop ? 'stop after' : 'go on after'} ${name}`, () => {
      const made = chains(started('1', 'A', 0), started('2', 'B', 1, '1'), started('3', 'A', 2, '2'));
      for (const [at, message] of errors.entries()) if (message !== '') made.note(red(`${at + 1}`, message));
      const landed = made.land('/w', '3', change('x', 'y'));
      assert.equal(landed.kind, isLoop ? 'loop' : 'raised');
      if (landed.kind === 'loop')
        assert.match(landed.message, /The rules A → B → A came to the same error twice/);
    });

  it('raise nothing for a file that was deleted, nor for a run that nobody knows', () => {
    const made = chains(started('1', 'A', 0));
    assert.deepEqual(made.land('/w', '1', change('x', undefined)), { kind: 'raised', events: [] });
    assert.deepEqual(made.land('/w', '2', change('x', 'y')), { kind: 'raised', events: [] });
  });

  it('name the rules in the order in which they acted', () => {
    const made = chains(started('1', 'A', 0), started('2', 'B', 1, '1'), started('3', 'A', 2, '2'));
    const landed = made.land('/w', '3', change('x', 'y'));
    assert.deepEqual(landed.kind === 'raised' && landed.events[0]?.causedBy?.rules, ['A', 'B', 'A']);
  });

  it('stop when one makes a change that was made before', () => {
    const made = chains(started('1', 'A', 0), started('2', 'B', 1, '1'), started('3', 'A', 2, '2'));
    const kinds = [
      made.land('/w', '1', change('x', 'y')),
      made.land('/w', '2', change('y', 'x')),
      made.land('/w', '3', change('x', 'y')),
    ];
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['raised', 'raised', 'loop'],
    );
    const [last] = kinds.slice(-1);
    assert.match(
      last?.kind === 'loop' ? last.message : '',
      /^The rules A → B → A made the same change twice/,
    );
  });

  it('do not stop a person who lets the same change be made again', () => {
    const made = chains(started('1', 'A', 0), started('2', 'A', 0));
    made.land('/w', '1', change('x', 'y'));
    assert.equal(made.land('/w', '2', change('x', 'y')).kind, 'raised');
  });

  const write = (text: string) => [{ path: 'a.ts', change: 'save', text } as const];

  it('raise what a command wrote as our own, one deeper', () => {
    const written = chains(started('1', 'A', 0)).write('/w', '1', write('x'));
    assert.deepEqual(written, {
      kind: 'raised',
      events: [
        {
          ...{ root: '/w', path: 'a.ts', name: 'save', origin: 'self', depth: 1, text: 'x' },
          causedBy: { run: '1', rules: ['A'] },
        },
      ],
    });
  });

  it('end when commands write the same twice, and name the rules', () => {
    const both = chains(started('1', 'A', 0), started('2', 'B', 1, '1'), started('3', 'A', 2, '2'));
    both.write('/w', '1', write('x'));
    assert.equal(both.write('/w', '2', write('y')).kind, 'raised');
    const third = both.write('/w', '3', write('x'));
    assert.ok(third.kind === 'loop');
    assert.match(third.message, /A → B → A wrote the same twice/u);
  });
});
