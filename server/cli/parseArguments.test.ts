import assert from 'node:assert/strict';
import { parseArguments } from './parseArguments.ts';

const run = {
  kind: 'run',
  json: false,
  root: undefined,
  rule: 'tests',
  file: 'src/a.js',
  trust: false,
  apply: false,
  model: undefined,
  baseUrl: undefined,
  replay: undefined,
  budgetUsd: undefined,
};
const common = { json: false, root: undefined };

const good: readonly (readonly [string, object])[] = [
  ['--version', { kind: 'version' }],
  ['ctl -V', { kind: 'version' }],
  ['--help', { kind: 'help', topic: 'program' }],
  ['run --help', { kind: 'help', topic: 'run' }],
  ['run --rule x -h', { kind: 'help', topic: 'run' }],
  ['ctl --help', { kind: 'help', topic: 'ctl' }],
  ['ctl rule --help', { kind: 'help', topic: 'ctl rule' }],
  ['run --rule tests src/a.js', run],
  ['run src/a.js --rule=tests --trust --apply --json', { ...run, trust: true, apply: true, json: true }],
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
  ['check', { kind: 'check', ...common, files: [], maxWarnings: undefined }],
  [
    'check a b --max-warnings 0 --json',
    { kind: 'check', json: true, root: undefined, files: ['a', 'b'], maxWarnings: 0 },
  ],
  ['test', { kind: 'test', ...common, files: [], trust: false, coverage: false }],
  ['test a --coverage --trust', { kind: 'test', ...common, files: ['a'], trust: true, coverage: true }],
  ['ctl rules --json', { kind: 'rules', json: true, root: undefined }],
  ['ctl rule show tests', { kind: 'ruleShow', ...common, rule: 'tests' }],
  ['ctl models', { kind: 'models', ...common }],
  ['ctl log', { kind: 'log', ...common, run: undefined }],
  ['ctl log 0abc', { kind: 'log', ...common, run: '0abc' }],
];

const bad: readonly (readonly [string, string, RegExp])[] = [
  ['', 'program', /Say what to do: run, check, test or ctl/],
  ['rum', 'program', /no command rum.*run, check, test, ctl/],
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
  ['run --rule tests a.js --budget-usd lots', 'run', /--budget-usd must be an amount/],
  ['run --rule tests a.js --budget-usd=-1', 'run', /--budget-usd must be an amount/],
  ['run --rule tests a.js --root=', 'run', /--root needs a value/],
  ['check --max-warnings few', 'check', /--max-warnings must be a whole number/],
  ['check --apply', 'check', /Unknown option '--apply'/],
  ['ctl', 'ctl', /rules, rule, models, log/],
  ['ctl approve', 'ctl', /no command approve/],
  ['ctl rules x', 'ctl rules', /x is not expected here/],
  ['ctl rule', 'ctl rule', /show NAME/],
  ['ctl rule show', 'ctl rule', /Name the rule/],
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
