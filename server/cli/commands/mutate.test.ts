import assert from 'node:assert/strict';
import type { MutateRequest, MutateResult } from '../../engine/engine.ts';
import type { Mutant, MutantFate } from '../../protocol/mutants.ts';
import { CommandLineWorkspace, diskPorts, type Ended } from '../../test/commandLine.ts';
import { createScriptedEngine } from '../../test/scriptedEngine.ts';

const text = 'def f(a):\n    if a < 1:\n        log(\n            a,\n        )\n    return a\n';

describe('codegen-lab mutate', () => {
  let workspace: CommandLineWorkspace;
  before(() => {
    workspace = new CommandLineWorkspace({ 'src/a.py': text, 'tests/test_a.py': '', 'tests/test_b.py': '' });
  });
  after(() => workspace.remove());

  const boundary = mutantOf('<', '<=', 'boundary');
  const call = mutantOf('log(\n            a,\n        )', 'pass', 'removedCall');

  it('shows what no test noticed with its lines before and after, and the numbers', async () => {
    const { code, stdout } = await mutate('mutate src/a.py', [
      [call, { kind: 'noCoverage' }],
      [boundary, { kind: 'survived' }],
      [mutantOf('return a', 'return None', 'returnValue'), { kind: 'killed', by: ['t::a'] }],
      [mutantOf('a < 1', 'False', 'condition'), { kind: 'timedOut' }],
      [mutantOf('1', '0', 'literal'), { kind: 'invalid', reason: '' }],
    ]);
    assert.equal(code, 1);
    assert.equal(
      stdout,
      [
        'not noticed  src/a.py:2  `<` became `<=`  in f',
        '     -     if a < 1:',
        '     +     if a <= 1:',
        'no test runs it  src/a.py:3  `log( a, )` became `pass`  in f',
        '     -         log(',
        '     -             a,',
        '     -         )',
        '     +         pass',
        '2 of 4 changes noticed (50 %), 1 in lines that no test runs, 1 did not build',
        '',
      ].join('\n'),
    );
  });

  it('ends with 0 when every change was noticed', async () => {
    const ended = await mutate('mutate src/a.py', [[boundary, { kind: 'killed', by: [] }]]);
    assert.deepEqual([ended.code, ended.stdout], [0, '1 of 1 changes noticed (100 %)\n']);
  });

  it('prints one JSON document with each mutant and its fate', async () => {
    const { stdout } = await mutate('mutate src/a.py --seed 3 --format json', [
      [boundary, { kind: 'killed', by: ['t::a'] }],
    ]);
    const document = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(
      [document['path'], document['seed'], document['share'], document['mutants']],
      [
        'src/a.py',
        3,
        1,
        [
          {
            id: 'm<',
            operator: 'boundary',
            line: 2,
            start: text.indexOf('<'),
            end: text.indexOf('<') + 1,
            original: '<',
            replacement: '<=',
            function: 'f',
            sentence: '`<` became `<=`',
            fate: 'killed',
            killedBy: ['t::a'],
            reason: null,
          },
        ],
      ],
    );
  });

  it('prints what no test noticed as findings, each at its code', async () => {
    const { code, stdout } = await mutate('mutate src/a.py --format github', [
      [call, { kind: 'noCoverage' }],
      [boundary, { kind: 'survived' }],
      [mutantOf('return a', 'return None', 'returnValue'), { kind: 'killed', by: ['t::a'] }],
    ]);
    assert.equal(code, 1);
    assert.deepEqual(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^::notice /u, '')),
      [
        'file=src/a.py,line=2,endLine=2,col=10,endColumn=10,title=mutation.survived::No test would fail if `<` became `<=`.',
        'file=src/a.py,line=3,endLine=5,title=mutation.survived::No test runs this line, so none would fail if `log( a, )` became `pass`.',
      ],
    );
  });

  it('asks for the lines, tests, seed and bounds that were typed', async () => {
    const asked: MutateRequest[] = [];
    await mutate('mutate src/a.py', [], { asked });
    await mutate('mutate src/a.py --lines 2-3 --tests tests/test_a.py,tests/test_b.py --max 7', [], {
      asked,
    });
    assert.deepEqual(
      asked.map(({ path, tests, lines, seed, maxMutants, maxPerFunction }) => ({
        ...{ path, tests, lines, seed, maxMutants, maxPerFunction },
      })),
      [
        { path: 'src/a.py', tests: [], lines: undefined, seed: 1, maxMutants: 100, maxPerFunction: 20 },
        {
          ...{ path: 'src/a.py', tests: ['tests/test_a.py', 'tests/test_b.py'], lines: [1, 2] },
          ...{ seed: 1, maxMutants: 7, maxPerFunction: 7 },
        },
      ],
    );
  });

  const ends: readonly (readonly [MutateResult['end'], number])[] = [
    [{ outcome: 'refused', code: 'trust.missing', message: 'Trust it.' }, 3],
    [{ outcome: 'failed', code: 'mutation.no-tests', message: 'No test concerns it.' }, 1],
    [{ outcome: 'cancelled', code: 'cancelled', message: 'Stopped.' }, 130],
  ];
  for (const [end, expected] of ends) {
    it(`ends with ${expected} and says what to do when it was ${end.outcome}`, async () => {
      const { code, stdout } = await mutate('mutate src/a.py', [], { end });
      assert.deepEqual([code, stdout], [expected, `${end.message}\n`]);
    });
  }

  function mutate(
    words: string,
    fates: readonly (readonly [Mutant, MutantFate])[],
    {
      end = { outcome: 'unchanged', code: 'ok', message: 'done' },
      asked = [],
    }: { readonly end?: MutateResult['end']; readonly asked?: MutateRequest[] } = {},
  ): Promise<Ended> {
    const tested = fates.map(([mutant, fate]) => ({ mutant, fate }));
    const engine = createScriptedEngine({
      mutate: async (request) => {
        asked.push(request);
        return { run: 'r1', end, tested, text };
      },
    });
    return workspace.run(words, {
      line: {
        createEngine: () => ({
          engine,
          journals: { recent: async () => [] },
          secrets: { read: async () => undefined },
          providers: [],
          ...diskPorts(),
        }),
      },
    });
  }
});

function mutantOf(original: string, replacement: string, operator: Mutant['operator']): Mutant {
  const start = text.indexOf(original);
  const line = text.slice(0, start).split('\n').length - 1;
  const shown = original.replace(/\s+/g, ' ');
  return {
    ...{ id: `m${original}`, path: 'src/a.py', operator, start, end: start + original.length, original },
    ...{ replacement, line, statementLine: line, scope: 'f', atLoad: false },
    sentence: `\`${shown}\` became \`${replacement}\``,
  };
}
