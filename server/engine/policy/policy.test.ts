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
    spend: { usdPerDay: 4 }
rules:
  generate-*:
    write: [src/gen/**]
    spend:
      usdPerRun: 0.5
      tokensPerRun: 1000
  lint: { commands: [npm run lint] }
  fetch: { network: [pypi.org] }
`;
const generator: AuditActor = { kind: 'rule', id: 'g', name: 'generate-tests', hash: 'h' };

function call(
  who: AuditActor,
  { usd = 0.1, run }: { readonly usd?: number | 'unknown'; readonly run?: { usd: number; tokens: number } },
): AskedRight {
  const right = {
    kind: 'model',
    provider: 'ollama',
    model: 'a',
    role: 'r',
    host: '',
    usd,
    tokens: 1,
  } as const;
  return { ...ask(who, right), ...(run === undefined ? {} : { runSpent: run }) };
}

const rule: AuditActor = { kind: 'rule', id: 'r', name: 'r', hash: 'h' };
const person: AuditActor = { kind: 'person' };

function ask(who: AuditActor, right: AuditRight, argv?: readonly string[]): AskedRight {
  return { who, right, by: { kind: 'person' }, ...(argv === undefined ? {} : { argv }) };
}

function network(domain: string, name = 'fetch'): AskedRight {
  return ask({ kind: 'rule', id: 'f', name, hash: 'h' }, { kind: 'network', domain, code: 'model' });
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
    ['a domain that is listed', network('pypi.org'), undefined],
    [
      'another domain',
      network('*.pypi.org'),
      'p.yaml:21 does not let rule fetch reach *.pypi.org from the sandbox',
    ],
    ['a domain, by a rule that is not restricted', network('evil.example', 'other'), undefined],
    ['what is not proven', ask(person, { kind: 'unproven', paths: ['a'] }), 'p.yaml:11'],
    [
      'an approval',
      ask(person, { kind: 'approve', rule: 'r', hash: 'h' }),
      'p.yaml:12 does not let people approve rules',
    ],
    ['taking approvals back', ask(person, { kind: 'revoke', rules: 'all' }), undefined],
    ['where a rule of a name may write', land(generator, 'src/gen/a.js'), undefined],
    [
      'where it may not, though its role may',
      land(generator, 'src/a.js'),
      'p.yaml:16 does not let rule generate-tests write src/a.js',
    ],
    ['where neither may', land(generator, 'ci/x.yml'), 'p.yaml:4'],
    [
      'what a model wrote for it',
      ask({ kind: 'model', rule: 'generate-tests' }, { kind: 'write', paths: ['src/a.js'] }),
      'p.yaml:16 does not let rule generate-tests',
    ],
    [
      'a rule by its whole name',
      ask({ kind: 'rule', id: 'l', name: 'lint-more', hash: 'h' }, { kind: 'unconfined', paths: [] }),
      undefined,
    ],
    ['a call within what a run may cost', call(generator, { run: { usd: 0.5, tokens: 1000 } }), undefined],
    [
      'a call that passes it',
      call(generator, { run: { usd: 0.51, tokens: 10 } }),
      'p.yaml:18 does not let rule generate-tests spend more than $0.50 in a run',
    ],
    [
      'a call that passes its tokens',
      call(generator, { run: { usd: 0, tokens: 1001 } }),
      'p.yaml:19 does not let rule generate-tests use more than 1000 tokens in a run',
    ],
    [
      'a call whose price is not known',
      call(generator, { usd: 'unknown', run: { usd: 0, tokens: 1 } }),
      'p.yaml:18 does not let rule generate-tests ask a model whose price is not known',
    ],
    ['a call of a rule that nothing bounds', call(rule, { usd: 'unknown' }), undefined],
  ];
  for (const [name, asked, expected] of cases)
    it(`judges ${name}`, () => {
      const said = judgePolicies([{ file: 'p.yaml', text: team }], asked);
      if (expected === undefined) assert.equal(said, undefined);
      else assert.ok(said?.includes(expected), said);
    });

  for (const [name, usdToday, expected] of [
    ['within what a day may cost', 4, undefined],
    ['that passes it', 4.01, 'p.yaml:13 does not let people spend more than $4.00 in a day'],
    ['where nobody knows what was spent', undefined, 'p.yaml:13 does not let people spend anything'],
  ] as const)
    it(`judges a call by a person ${name}`, () => {
      const said = judgePolicies([{ file: 'p.yaml', text: team }], call(person, {}), usdToday);
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
    ['an amount below zero', 'roles: { rules: { spend: { usdPerRun: <|-1|> } } }\n', /number, 0 or more/u],
    ['an amount in words', 'roles: { rules: { spend: { usdPerDay: <|much|> } } }\n', /number, 0 or more/u],
    ['an unknown amount', 'roles: { rules: { spend: { <|usdPerday|>: 1 } } }\n', /Did you mean `usdPerDay`/u],
    ['a star within a name', 'rules: { <|gen*x|>: {} }\n', /at its end only/u],
    ['a rule twice', 'rules: { a: {}, <|a|>: {} }\n', /twice/u],
    ['a list of rules', 'rules: <|[a]|>\n', /must hold names of rules/u],
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
