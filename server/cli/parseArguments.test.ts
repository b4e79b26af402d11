import assert from 'node:assert/strict';
import { parseArguments } from './parseArguments.ts';

const run = {
  kind: 'run',
  json: false,
  root: undefined,
  rule: 'tests',
  file: 'src/a.js',
  trust: false,
  approvals: undefined,
  apply: false,
  ask: false,
  accept: [],
  model: undefined,
  baseUrl: undefined,
  replay: undefined,
  budgetUsd: undefined,
  format: 'human',
};
const common = { json: false, root: undefined };
const plainCheck = { changes: undefined, fix: false, cache: true, format: 'human', maxWarnings: undefined };
const plainTest = {
  ...{ trust: false, coverage: false, retries: undefined, runner: undefined, seed: undefined },
  ...{ demand: undefined, savesBest: false, affected: undefined, reports: [] },
  outputs: [{ format: 'human', file: undefined }],
};
const validate = { kind: 'validateRules', ...common, files: [], fix: false, maxWarnings: undefined };

const good: readonly (readonly [string, object])[] = [
  ['--version', { kind: 'version' }],
  ['ctl -V', { kind: 'version' }],
  ['--help', { kind: 'help', topic: 'program' }],
  ['run --help', { kind: 'help', topic: 'run' }],
  ['run --rule x -h', { kind: 'help', topic: 'run' }],
  ['ctl --help', { kind: 'help', topic: 'ctl' }],
  ['ctl rule --help', { kind: 'help', topic: 'ctl rule' }],
  ['doctor --json', { kind: 'doctor', ...common, json: true }],
  ['report --out bundle.md', { kind: 'report', ...common, out: 'bundle.md' }],
  ['run --rule tests src/a.js', run],
  [
    'run src/a.js --rule=tests --trust --apply --json',
    { ...run, trust: true, apply: true, json: true, format: 'json' },
  ],
  ['run src/a.js --rule tests --format sarif', { ...run, format: 'sarif' }],
  ['run --rule tests -- -a.js', { ...run, file: '-a.js' }],
  ['run --rule tests src/a.js --root ..', { ...run, root: '..' }],
  [
    'run --rule tests src/a.js --model ollama/library/qwen:7b --base-url http://127.0.0.1:1/v1',
    { ...run, model: { provider: 'ollama', model: 'library/qwen:7b' }, baseUrl: 'http://127.0.0.1:1/v1' },
  ],
  ['run --rule tests src/a.js --replay kept', { ...run, replay: { mode: 'replay', folder: 'kept' } }],
  ['run --rule tests src/a.js --record kept', { ...run, replay: { mode: 'record', folder: 'kept' } }],
  ['run --rule tests src/a.js --budget-usd 0.25', { ...run, budgetUsd: 0.25 }],
  ['run --rule tests src/a.js --budget-usd 0', { ...run, budgetUsd: 0 }],
  ['run --rule tests src/a.js --ask', { ...run, ask: true }],
  [
    'run --rule tests src/a.js --accept a.js:2,b.js',
    {
      ...run,
      accept: [
        { path: 'a.js', hunk: 2 },
        { path: 'b.js', hunk: undefined },
      ],
    },
  ],
  ['run --rule tests src/a.js --approvals a.md', { ...run, approvals: 'a.md' }],
  ['approvals list', { kind: 'approvals', ...common, action: { verb: 'list', file: undefined } }],
  [
    'approvals add tests b --approvals a.md',
    { kind: 'approvals', ...common, action: { verb: 'add', rules: ['tests', 'b'], file: 'a.md' } },
  ],
  [
    'approvals remove --all',
    { kind: 'approvals', ...common, action: { verb: 'remove', rules: [], file: undefined } },
  ],
  ['approvals verify a.md', { kind: 'approvals', ...common, action: { verb: 'verify', file: 'a.md' } }],
  ['check', { kind: 'check', ...common, ...plainCheck, files: [] }],
  ['hooks install', { kind: 'hooks', ...common, action: 'install' }],
  ['check --staged', { kind: 'check', ...common, ...plainCheck, files: [], changes: { kind: 'staged' } }],
  [
    'check --diff main a --format junit',
    {
      ...{ kind: 'check', ...common, ...plainCheck, files: ['a'] },
      ...{ changes: { kind: 'since', ref: 'main' }, format: 'junit' },
    },
  ],
  [
    'check a b --max-warnings 0 --json',
    {
      ...{ kind: 'check', json: true, root: undefined, files: ['a', 'b'] },
      ...{ ...plainCheck, format: 'json', maxWarnings: 0 },
    },
  ],
  ['test', { kind: 'test', ...common, ...plainTest, files: [] }],
  [
    'test a --coverage --trust --retries 2',
    { kind: 'test', ...common, ...plainTest, files: ['a'], trust: true, coverage: true, retries: 2 },
  ],
  [
    'test --min-coverage 80 --fail-under 90.5 --ratchet --runner pytest --seed 7 --save-best',
    {
      ...{ kind: 'test', ...common, ...plainTest, files: [], coverage: true, runner: 'pytest', seed: 7 },
      demand: { minCoverage: 80, failUnder: 90.5, ratchet: true, showMissing: false, skipCovered: false },
      savesBest: true,
    },
  ],
  [
    'test --coverage-from a/lcov.info,b.xml',
    { kind: 'test', ...common, ...plainTest, files: [], coverage: true, reports: ['a/lcov.info', 'b.xml'] },
  ],
  [
    'test --affected --since main --then-rest --format json,junit=out/r.xml,sarif=s.json',
    {
      ...{ kind: 'test', ...common, ...plainTest, json: true, files: [] },
      affected: { since: 'main', thenRest: true },
      outputs: [
        { format: 'json', file: undefined },
        { format: 'junit', file: 'out/r.xml' },
        { format: 'sarif', file: 's.json' },
      ],
    },
  ],
  [
    'mutate a.py --trust',
    {
      kind: 'mutate',
      ...common,
      format: 'human',
      files: ['a.py'],
      trust: true,
      lines: undefined,
      max: undefined,
      seed: 1,
    },
  ],
  [
    'mutate a.py --lines 3-9 --tests t.py,u.py --max 5 --seed 7 --format json',
    {
      kind: 'mutate',
      ...{ json: true, format: 'json', root: undefined, files: ['a.py', 't.py', 'u.py'], trust: false },
      ...{ lines: [2, 8], max: 5, seed: 7 },
    },
  ],
  [
    'mutate a.py --lines 4',
    {
      kind: 'mutate',
      ...common,
      format: 'human',
      files: ['a.py'],
      trust: false,
      lines: [3, 3],
      max: undefined,
      seed: 1,
    },
  ],
  ['ctl rules --json', { kind: 'rules', json: true, root: undefined, file: undefined }],
  ['ctl rule show tests', { kind: 'ruleShow', ...common, rule: 'tests', effective: false }],
  [
    'ctl rule show tests --effective --json',
    { kind: 'ruleShow', json: true, root: undefined, rule: 'tests', effective: true },
  ],
  ['ctl rules --for src/a.ts', { kind: 'rules', ...common, file: 'src/a.ts' }],
  ['ctl rule list', { kind: 'rules', ...common, file: undefined }],
  ['ctl rule list --for src/a.ts', { kind: 'rules', ...common, file: 'src/a.ts' }],
  [
    'ctl rule create x',
    { kind: 'ruleCreate', ...common, rule: 'x', template: 'files', description: undefined, globs: undefined },
  ],
  [
    'ctl rule create x --template check --description d --globs *.ts',
    { kind: 'ruleCreate', ...common, rule: 'x', template: 'check', description: 'd', globs: '*.ts' },
  ],
  ['ctl rule rename a b --write', { kind: 'ruleRename', ...common, rule: 'a', name: 'b', write: true }],
  ['ctl rule test', { kind: 'ruleTest', ...common, rule: undefined }],
  ['ctl rule test a', { kind: 'ruleTest', ...common, rule: 'a' }],
  ['ctl validate-rules', { ...validate, format: 'human' }],
  ['ctl validate-rules --json', { ...validate, json: true, format: 'json' }],
  [
    'ctl validate-rules a b --fix --format sarif --max-warnings 3',
    { ...validate, files: ['a', 'b'], fix: true, format: 'sarif', maxWarnings: 3 },
  ],
  ['ctl migrate a --write', { kind: 'migrate', ...common, files: ['a'], write: true }],
  [
    'ctl import --from kiro a --write --replace',
    { kind: 'import', ...common, dialect: 'kiro', files: ['a'], write: true, replace: true },
  ],
  [
    'ctl export --to claude-rules a --out o',
    {
      kind: 'export',
      ...common,
      dialect: 'claude-rules',
      rules: ['a'],
      out: 'o',
      write: false,
      replace: false,
    },
  ],
  ['ctl models', { kind: 'models', ...common }],
  ['ctl log', { kind: 'log', ...common, run: undefined }],
  ['ctl log 0abc', { kind: 'log', ...common, run: '0abc' }],
];

const bad: readonly (readonly [string, string, RegExp])[] = [
  [
    '',
    'program',
    /Say what to do: run, check, hooks, test, mutate, watch, explain, sandbox, doctor, report, undo, approvals or ctl/,
  ],
  [
    'rum',
    'program',
    /no command rum.*run, check, hooks, test, mutate, watch, explain, sandbox, doctor, report, undo, approvals, ctl/,
  ],
  ['--json check', 'program', /--json must follow a command/],
  ['constructor', 'program', /no command constructor/],
  ['run', 'run', /--rule NAME/],
  ['run --rule tests', 'run', /Name the file/],
  ['run --rule', 'run', /'--rule <value>' argument missing/],
  ['run --rule --json a.js', 'run', /--rule/],
  ['run --rule tests a.js b.js', 'run', /b\.js is too many/],
  ['run --rule tests -a.js', 'run', /Unknown option '-a'/],
  ['run --rule tests a.js --aply', 'run', /Unknown option '--aply'/],
  ['run --rule tests a.js --model gpt', 'run', /PROVIDER\/MODEL/],
  ['run --rule tests a.js --model /gpt', 'run', /PROVIDER\/MODEL/],
  ['run --rule tests a.js --base-url localhost:1', 'run', /http or https/],
  ['run --rule tests a.js --replay x --record y', 'run', /exclude each other/],
  ['run --rule tests a.js --ask --accept a.js', 'run', /exclude each other/],
  ['run --rule tests a.js --accept a.js:0', 'run', /second hunk/],
  ['run --rule tests a.js --budget-usd lots', 'run', /--budget-usd must be an amount/],
  ['run --rule tests a.js --budget-usd=-1', 'run', /--budget-usd must be an amount/],
  ['run --rule tests a.js --root=', 'run', /--root needs a value/],
  ['test --min-coverage 101', 'test', /--min-coverage must be a percentage/],
  ['test --runner karma', 'test', /--runner must be one of pytest/],
  ['test --seed x', 'test', /--seed must be a whole number/],
  ['test --since main', 'test', /--since and --then-rest belong to --affected/],
  ['test a --affected --since main', 'test', /not both/],
  ['test --affected --ratchet', 'test', /--affected runs some of the tests/],
  ['test a --save-best', 'test', /leave out the files/],
  ['test --format human,json', 'test', /Only one format/],
  ['test --format xml', 'test', /--format must be some of human, json, junit, sarif/],
  ['test --format junit=', 'test', /--format must be some of/],
  ['test --format json --json', 'test', /--json is short for/],
  ['check --max-warnings few', 'check', /--max-warnings must be a whole number/],
  ['check --apply', 'check', /Unknown option '--apply'/],
  ['ctl', 'ctl', /validate-rules, rule, rules, migrate, import, export, models, cassette, audit, usage, log/],
  ['ctl approve', 'ctl', /no command approve/],
  ['ctl rules x', 'ctl rules', /x is not expected here/],
  ['ctl rule', 'ctl rule', /show NAME/],
  ['ctl rule show', 'ctl rule', /Name the rule: rule show NAME/],
  ['ctl rule delete x', 'ctl rule', /create NAME, show NAME, list, rename OLD NEW, test \[NAME\]/],
  ['ctl rule constructor', 'ctl rule', /Say what to do/],
  ['ctl rule rename a', 'ctl rule', /rule rename OLD NEW/],
  ['ctl rule show a --write', 'ctl rule', /--write does not belong to rule show NAME/],
  ['ctl rule create a --template big', 'ctl rule', /--template must be one of files, always/],
  ['ctl validate-rules --format xml', 'ctl validate-rules', /human, json, sarif, github/],
  ['ctl validate-rules --write', 'ctl validate-rules', /Unknown option '--write'/],
  ['ctl import a', 'ctl import', /--from agents, claude/],
  ['ctl import --from vim', 'ctl import', /--from must be one of agents/],
  ['ctl export', 'ctl export', /--to agents/],
  ['ctl rule show a b', 'ctl rule', /b is too many/],
  ['ctl log a b', 'ctl log', /b is too many/],
];

describe('parseArguments', () => {
  for (const [line, expected] of good) {
    it(`reads: codegen-lab ${line}`, () => assert.deepEqual(parseArguments(words(line)), expected));
  }

  for (const [line, topic, expected] of bad) {
    it(`explains what is wrong with: codegen-lab ${line}`, () => {
      const invocation = parseArguments(words(line));
      assert.equal(invocation.kind, 'usageError');
      assert.equal('topic' in invocation ? invocation.topic : '', topic);
      assert.match('message' in invocation ? invocation.message : '', expected);
    });
  }

  it('refuses an empty name', () => {
    assert.equal(parseArguments(['check', '']).kind, 'usageError');
  });
});

function words(line: string): readonly string[] {
  return line.split(' ').filter(Boolean);
}
