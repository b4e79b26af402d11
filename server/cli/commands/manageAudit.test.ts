import assert from 'node:assert/strict';
import type { AuditReading } from '../../engine/ports/audit.ts';
import type { AuditEntry, NewAuditEntry } from '../../protocol/audit.ts';
import { CommandLineWorkspace, type Ended } from '../../test/commandLine.ts';

const rule = { kind: 'rule', id: '.cursor/rules/tests.mdc', name: 'tests', hash: 'h' } as const;
const day = 86_400_000;

function entry(seq: number, what: Partial<NewAuditEntry>): AuditEntry {
  return {
    v: 1,
    seq,
    at: Date.UTC(2026, 0, 1 + seq),
    user: 'ada',
    who: rule,
    right: { kind: 'trust' },
    decision: 'allowed',
    by: { kind: 'approval' },
    ...what,
  };
}

const entries: readonly AuditEntry[] = [
  entry(0, {
    run: 'aa1',
    right: { kind: 'command', argv: 'digest', display: '=make "all", now', code: 'user', sandbox: false },
  }),
  entry(1, {
    run: 'aa1',
    right: {
      kind: 'model',
      provider: 'ollama',
      model: 'qwen',
      role: 'tester',
      host: 'localhost:11434',
      usd: 0.25,
      tokens: 900,
    },
    decision: 'denied',
    by: { kind: 'budget', detail: 'budget.usd' },
  }),
  entry(2, {
    run: 'bb2',
    who: { kind: 'model', rule: 'tests' },
    right: { kind: 'write', paths: ['.npmrc'] },
  }),
  entry(3, { run: 'bb2', who: { kind: 'person' }, right: { kind: 'land', paths: ['a.ts', 'b.ts'] } }),
];
const whole: AuditReading = {
  entries,
  problems: [],
  foreign: false,
  cut: false,
  forgotten: 0,
  files: ['/storage/audit/000001.jsonl'],
};

describe('clctl audit', () => {
  let workspace: CommandLineWorkspace;
  before(() => {
    workspace = new CommandLineWorkspace({});
  });
  after(() => workspace.remove());

  const run = (words: string, reading: AuditReading = whole): Promise<Ended> =>
    workspace.run(`ctl audit ${words}`, { engine: { audit: { read: () => reading } } });

  it('shows who asked for what, what was decided and why', async () => {
    const { code, stdout } = await run('show');
    assert.equal(code, 0);
    assert.deepEqual(stdout.split('\n'), [
      '2026-01-01 00:00:00 allowed rule tests: run `=make "all", now` without a sandbox [by approval, run aa1]',
      '2026-01-02 00:00:00 denied  rule tests: ask ollama/qwen at localhost:11434 as tester, at most 900 tokens, for at most $0.2500 [by budget (budget.usd), run aa1]',
      '2026-01-03 00:00:00 allowed a model, for rule tests: write .npmrc in the copy [by approval, run bb2]',
      '2026-01-04 00:00:00 allowed ada: land a.ts, b.ts [by approval, run bb2]',
      '',
    ]);
  });

  const selections: readonly (readonly [string, readonly number[]])[] = [
    ['--run aa', [0, 1]],
    ['--who person', [3]],
    ['--who rule', [0, 1]],
    ['--who tests', [0, 1, 2]],
    ['--who ollama/qwen', [1]],
    ['--since 2026-01-03', [2, 3]],
    ['--since 2026-01-03T00:00:01Z --run bb2', [3]],
    [`--since ${Math.ceil((Date.now() - Date.UTC(2026, 0, 2)) / day) + 1}d`, [0, 1, 2, 3]],
    ['--since 1m', []],
  ];
  for (const [words, expected] of selections)
    it(`selects with ${words}`, async () => {
      const { code, stdout } = await run(`show --json ${words}`, whole);
      assert.equal(code, 0);
      const shown = JSON.parse(stdout) as readonly { readonly seq: number }[];
      assert.deepEqual(
        shown.map(({ seq }) => seq),
        expected,
      );
    });

  it('exports JSON Lines, and CSV in which no cell is a formula', async () => {
    const lines = (await run('export')).stdout.trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { readonly at: string }).at),
      entries.map(({ at }) => new Date(at).toISOString()),
    );
    const [head, first] = (await run('export --format csv')).stdout.split('\r\n');
    assert.equal(head, 'seq,at,user,who,name,run,right,text,decision,by,detail');
    assert.equal(
      first,
      '0,2026-01-01T00:00:00.000Z,ada,rule,rule tests,aa1,command,"run `=make ""all"", now` without a sandbox",allowed,approval,',
    );
    const formula = entry(0, { who: { ...rule, name: 'x' }, by: { kind: 'gate', detail: '=cmd()' } });
    assert.match(
      (await run('export --format csv', { ...whole, entries: [formula] })).stdout,
      /,'=cmd\(\)\r\n$/u,
    );
  });

  const place = { file: '/storage/audit/000001.jsonl', line: 3 } as const;
  const verdicts: readonly (readonly [string, AuditReading, number, RegExp])[] = [
    ['a whole log', whole, 0, /is whole: 4 entries, the last one 2026-01-04T/u],
    ['no log', { ...whole, entries: [], files: [] }, 0, /Nobody has asked/u],
    ['one that a process did not end', { ...whole, cut: true }, 0, /whole.*\n.*no end/u],
    [
      'an altered entry',
      { ...whole, problems: [{ ...place, kind: 'altered', entries: [7, 7] }] },
      1,
      /000001\.jsonl:3: entry 7 was altered/u,
    ],
    [
      'missing entries',
      { ...whole, problems: [{ ...place, kind: 'missing', entries: [7, 9] }] },
      1,
      /entries 7 to 9 before this line are missing/u,
    ],
    ['garbage', { ...whole, problems: [{ ...place, kind: 'unreadable' }] }, 1, /no line of a log/u],
    [
      'a foreign one',
      { ...whole, entries: [], foreign: true, problems: [{ ...place, kind: 'altered' }] },
      1,
      /not written by this installation/u,
    ],
  ];
  for (const [name, reading, code, message] of verdicts)
    it(`verifies ${name}`, async () => {
      const ended = await run('verify', reading);
      assert.deepEqual([ended.code, ended.stdout.match(message) === null], [code, false], ended.stdout);
      const json = JSON.parse((await run('verify --json', reading)).stdout) as { readonly whole: boolean };
      assert.equal(json.whole, code === 0);
    });

  it('says on standard error that what it shows is not all', async () => {
    const { stderr } = await run('show', { ...whole, problems: [{ ...place, kind: 'unreadable' }] });
    assert.match(stderr, /damaged.*clctl audit verify/u);
  });

  for (const words of ['', 'list', 'verify --run a', 'show --format csv', 'show --since soon', 'show x'])
    it(`refuses “${words}”`, async () => {
      assert.equal((await run(words)).code, 2);
    });
});
