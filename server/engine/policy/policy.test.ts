import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AuditActor, AuditRight } from '../../protocol/audit.ts';
import { parseMarkedText } from '../../test/markedText.ts';
import type { AskedRight } from '../audit/rights.ts';
import { judgePolicies } from './judgePolicies.ts';
import { readPolicy } from './readPolicy.ts';

const team = `roles:
  rules:
    commands: [npm test, node --check]
    write: ["src/**", "*.md"]
    ask: [ollama/*, anthropic/claude]
  models:
    commands: []
    tests: true
    unconfined: false
  people:
    unproven: false
    approve: false
`;
const rule: AuditActor = { kind: 'rule', id: 'r', name: 'r', hash: 'h' };
const person: AuditActor = { kind: 'person' };

function ask(who: AuditActor, right: AuditRight, argv?: readonly string[]): AskedRight {
  return { who, right, by: { kind: 'person' }, ...(argv === undefined ? {} : { argv }) };
}

function command(text: string, code: 'user' | 'model' = 'user'): AskedRight {
  return ask(
    rule,
    { kind: 'command', argv: '', display: text, code, sandbox: code === 'model' },
    text.split(' '),
  );
}

function model(id: string): AskedRight {
  const [provider = '', name = ''] = id.split('/');
  return ask(rule, { kind: 'model', provider, model: name, role: 'tester', host: '', usd: 0, tokens: 1 });
}

const land = (who: AuditActor, ...paths: readonly string[]): AskedRight => ask(who, { kind: 'land', paths });
const tests = (code: 'user' | 'model'): AskedRight =>
  ask(rule, { kind: 'tests', runner: 'pytest', paths: [], code, sandbox: true });

describe('a policy', () => {
  const cases: readonly (readonly [string, AskedRight, string | undefined])[] = [
    ['a command that is listed', command('npm test -- a'), undefined],
    [
      'another of the same program',
      command('npm install x'),
      'p.yaml:3 does not let rules run `npm install x`',
    ],
    ['a longer word', command('npm tests'), 'p.yaml:3'],
    [
      'a command with what a model wrote',
      command('npm test', 'model'),
      'p.yaml:7 does not let models run `npm test`',
    ],
    ['tests of what a model wrote', tests('model'), undefined],
    ['a path that is listed', land(rule, 'src/a/b.ts'), undefined],
    ['one beside it', land(rule, 'src/a.ts', 'ci/x.yml'), 'p.yaml:4 does not let rules write ci/x.yml'],
    ['what a person lands, who is not restricted', land(person, 'ci/x.yml'), undefined],
    ['an undoing', ask(rule, { kind: 'land', paths: ['ci/x.yml'], undoes: 'r' }), undefined],
    ['a model that is listed', model('anthropic/claude'), undefined],
    ['a model of a listed provider', model('ollama/any'), undefined],
    ['a longer name', model('anthropic/claude-2'), 'p.yaml:5 does not let rules ask anthropic/claude-2'],
    ['work without a sandbox by a rule', ask(rule, { kind: 'unconfined', paths: [] }), undefined],
    ['what is not proven', ask(person, { kind: 'unproven', paths: ['a'] }), 'p.yaml:11'],
    [
      'an approval',
      ask(person, { kind: 'approve', rule: 'r', hash: 'h' }),
      'p.yaml:12 does not let people approve rules',
    ],
    ['taking approvals back', ask(person, { kind: 'revoke', rules: 'all' }), undefined],
  ];
  for (const [name, asked, expected] of cases)
    it(`judges ${name}`, () => {
      const said = judgePolicies([{ file: 'p.yaml', text: team }], asked);
      if (expected === undefined) assert.equal(said, undefined);
      else assert.ok(said?.includes(expected), said);
    });

  it('can only take away from what another gives', () => {
    const machine = { file: '/etc/p.yaml', text: 'roles: { rules: { commands: [make] } }\n' };
    const policies = [machine, { file: 'p.yaml', text: team }];
    assert.match(judgePolicies(policies, command('npm test')) ?? '', /\/etc\/p\.yaml:1/u);
    assert.match(judgePolicies(policies, command('make')) ?? '', / p\.yaml:3/u);
    assert.equal(judgePolicies([machine], command('make all')), undefined);
    assert.equal(judgePolicies([], command('make all')), undefined);
  });

  const broken: readonly (readonly [string, string, RegExp])[] = [
    ['an unknown key at the top', '<|rols|>: {}\n', /Did you mean `roles`/u],
    ['an unknown role', 'roles: { <|rule|>: {} }\n', /Did you mean `rules`/u],
    ['an unknown right', 'roles:\r\n  rules:\r\n    <|writes|>: []\r\n', /Did you mean `write`/u],
    ['a key twice', 'roles: { rules: {}, <|rules|>: {} }\n', /twice/u],
    ['a text for a list', 'roles: { rules: { write: <|src|> } }\n', /must be a list/u],
    ['a text for a switch', 'roles: { people: { approve: <|never|> } }\n', /true or false/u],
    ['a glob that excludes', 'roles: { rules: { write: [<|"!a"|>] } }\n', /excludes/u],
    ['a list for the whole', '<|[rules]|>\n', /must hold keys/u],
  ];
  for (const [name, marked, message] of broken)
    it(`gives nothing while it holds ${name}`, () => {
      const { text, spans } = parseMarkedText(marked);
      const reading = readPolicy('p.yaml', text);
      assert.ok('problems' in reading);
      assert.match(reading.problems[0].message, message);
      assert.deepEqual(reading.problems[0].span, spans[0]);
      for (const asked of [command('npm test'), ask(person, { kind: 'trust' }), model('ollama/a')])
        assert.match(judgePolicies([{ file: 'p.yaml', text }], asked) ?? '', /cannot be understood/u);
    });

  it('gives nothing where it cannot be read, and takes nothing away where it is empty', () => {
    const unread = { file: 'p.yaml', text: { unreadable: 'EACCES' } };
    assert.match(judgePolicies([unread], command('make')) ?? '', /cannot be read \(EACCES\)/u);
    for (const text of ['', '# later\n', 'roles:\n', '\uFEFFroles: {}\r\n'])
      assert.equal(judgePolicies([{ file: 'p.yaml', text }], command('make')), undefined, text);
  });

  it('reads whatever text there is', () => {
    const words = fc.constantFrom(
      'roles',
      'rules',
      'write',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      'true',
      '*x',
      '\r\n',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        const reading = readPolicy('p.yaml', source);
        for (const { span } of 'problems' in reading ? reading.problems : [])
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= source.length);
      }),
      { numRuns: 300 },
    );
  });
});
