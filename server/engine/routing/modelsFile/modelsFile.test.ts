import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { parseMarkedText } from '../../../test/markedText.ts';
import { renderSchema } from '../../../test/schemaOfShape.ts';
import { noChoices } from '../modelChoices.ts';
import { callClasses, roleRows } from '../../rules/vocabulary/modelRoles.ts';
import { checkModelsFile } from './checkModelsFile.ts';
import { completeModelsFile } from './completeModelsFile.ts';
import { hoverModelsFile } from './hoverModelsFile.ts';
import { parseModelsFile, readModelSettings } from './parseModelsFile.ts';
import validate from './modelsFile.validate.generated.ts';
import { modelsShape } from './shape.ts';

const known = { providers: ['anthropic', 'ollama'], models: ['anthropic/claude'] };
const full = `roles:
  planner:     { use: [anthropic/claude-opus-latest, openai/gpt-5], strategy: fallback }
  codegen:
    use: ollama/qwen2.5-coder:14b
    temperature: 0
    max_tokens: 4000
    timeout: 90
calls:
  review: { temperature: 0.2 }
limits:
  usd: { call: 0.1, run: 0.50, day: 5 }
  seconds: { call: 120 }
  tokens: { workspace: 1000000 }
  concurrency: 4
  providers:
    anthropic: { requests_per_minute: 50, tokens_per_minute: 80000 }
`;

describe('reading a models file', () => {
  it('takes all that it says', () => {
    const { choices, problems } = parseModelsFile(full);
    assert.deepEqual(problems, []);
    assert.deepEqual(choices.roles.get('planner'), {
      use: [
        { provider: 'anthropic', model: 'claude-opus-latest' },
        { provider: 'openai', model: 'gpt-5' },
      ],
      strategy: 'fallback',
    });
    assert.deepEqual(choices.roles.get('implementer'), {
      use: [{ provider: 'ollama', model: 'qwen2.5-coder:14b' }],
      temperature: 0,
      maxTokens: 4000,
      timeout: 90,
    });
    assert.deepEqual(choices.calls.get('review'), { temperature: 0.2 });
    assert.deepEqual(choices.limits.budgets, {
      usd: { call: 0.1, run: 0.5, day: 5 },
      seconds: { call: 120 },
      tokens: { workspace: 1_000_000 },
    });
    assert.equal(choices.limits.concurrency, 4);
    assert.deepEqual(choices.limits.providers.get('anthropic'), {
      requestsPerMinute: 50,
      tokensPerMinute: 80_000,
    });
  });

  it('reads the same with other line ends and a byte order mark', () => {
    const plain = parseModelsFile(full).choices;
    for (const text of [`\uFEFF${full}`, full.replaceAll('\n', '\r\n')]) {
      const { choices, problems } = parseModelsFile(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(choices, plain);
    }
  });

  /** The marked places, in order, with the code of each. */
  const broken: readonly (readonly [string, string, readonly string[], RegExp])[] = [
    ['an unknown key', '<|rolse|>: {}\n', ['models.unknown-key'], /Did you mean `roles`\?/],
    [
      'an unknown role',
      'roles:\n  <|testr|>: { use: a/b }\n',
      ['models.unknown-key'],
      /Did you mean `tester`\?/,
    ],
    [
      'an unknown strategy',
      'roles: { tester: { strategy: <|rase|> } }',
      ['models.unknown-value'],
      /`race`\?/,
    ],
    [
      'a model without a provider',
      'roles: { tester: { use: [a/b, <|gpt-5|>] } }',
      ['models.no-model'],
      /provider\/model/,
    ],
    ['a limit below zero', 'limits: { usd: { run: <|-1|> } }', ['models.wrong-type'], /of at least 0/],
    [
      'a limit that is a text',
      'limits:\r\n  usd:\r\n    run: <|cheap|>\r\n',
      ['models.wrong-type'],
      /must be a number/,
    ],
    ['half a token', 'calls: { plan: { max_tokens: <|1.5|> } }', ['models.wrong-type'], /whole number/],
    ['a temperature of 3', 'calls: { plan: { temperature: <|3|> } }', ['models.wrong-type'], /from 0 to 2/],
    ['a list for a map', 'limits: <|[1]|>\n', ['models.wrong-type'], /must hold keys/],
    ['a role twice', 'roles: { tester: {}, <|testing|>: {} }', ['models.repeated-key'], /twice/],
    ['no YAML', 'roles: { <|\n|>', ['models.bad-yaml'], /YAML/],
    ['an alias', 'roles: <|*x|>\n', ['models.bad-yaml'], /alias/],
  ];
  for (const [name, marked, codes, message] of broken)
    it(`marks ${name}`, () => {
      const { text, spans } = parseMarkedText(marked);
      const { problems } = parseModelsFile(text);
      assert.deepEqual(
        problems.map(({ code }) => code),
        codes,
        JSON.stringify(problems),
      );
      assert.match(problems[0]?.message ?? '', message);
      if (codes[0] !== 'models.bad-yaml')
        assert.deepEqual(
          problems.map(({ span }) => span),
          spans,
        );
    });

  it('reads whatever text there is, with spans inside of it', () => {
    const words = fc.constantFrom(
      'roles',
      'tester',
      'use',
      ': ',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      'a/b',
      '1',
      '#',
      '\r\n',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.nat({ max: 200 }), (source, offset) => {
        for (const { span } of parseModelsFile(source).problems)
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= source.length);
        const at = Math.min(offset, source.length);
        for (const { span } of completeModelsFile(source, at, known))
          assert.ok(span.start <= at && at <= span.end && span.end <= source.length);
        hoverModelsFile(source, at);
      }),
      { numRuns: 500 },
    );
  });

  it('takes whatever the settings hold', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 4 }), (value) => {
        readModelSettings({ roles: value, calls: value, limits: value });
      }),
    );
  });
});

describe('a models file beside what the person has', () => {
  it('says who is passed over and which limits have no effect', () => {
    const { text, spans } = parseMarkedText(
      'roles: { tester: { use: [<|openai/x|>, ollama/a] } }\nlimits: { usd: { run: <|9|>, day: 1 } }\n',
    );
    const budgets = { usd: { run: 0.5, day: 5 }, tokens: {}, seconds: {} };
    const findings = checkModelsFile(text, {
      ai: { enabled: true, provider: 'ollama', model: 'a' },
      providers: [],
      user: { ...noChoices, limits: { ...noChoices.limits, budgets } },
    });
    assert.deepEqual(
      findings.map(({ code, severity, range }) => [code, severity, range.start.line, range.start.character]),
      [
        ['models.not-set-up', 'information', 0, spans[0]?.start],
        ['models.no-effect', 'information', 1, (spans[1]?.start ?? 0) - text.indexOf('\n') - 1],
      ],
    );
  });
});

describe('completion in a models file', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['<||>', ['roles', 'calls', 'limits']],
    ['ro<||>', ['roles', 'calls', 'limits']],
    ['roles:\n  <||>', roleRows.map(({ role }) => role)],
    ['roles:\n  tester: {}\n  rev<||>', roleRows.map(({ role }) => role).filter((role) => role !== 'tester')],
    ['roles:\n  tester:\n    <||>', ['use', 'strategy', 'temperature', 'max_tokens', 'timeout']],
    ['roles:\n  tester: { use: [a/b], <||> }\n', ['strategy', 'temperature', 'max_tokens', 'timeout']],
    ['roles:\n  tester:\n    strategy: <||>\n', ['fallback', 'race', 'vote', 'best']],
    ['roles:\n  tester: { strategy: v<||> }\n', ['fallback', 'race', 'vote', 'best']],
    ['roles:\n  tester: { use: [<||>] }\n', ['anthropic/claude', 'anthropic/', 'ollama/']],
    ['roles:\n  tester:\n    use:\n      - oll<||>\n', ['anthropic/claude', 'anthropic/', 'ollama/']],
    ['roles:\n  testing: { use: ollama/<||> }', ['anthropic/claude', 'anthropic/', 'ollama/']],
    ['calls:\n  <||>', [...callClasses]],
    ['limits:\n  usd: { <||> }', ['call', 'run', 'day', 'workspace']],
    [
      'limits:\n  usd: {}\n  <||>',
      ['tokens', 'seconds', 'concurrency', 'requests_per_minute', 'tokens_per_minute', 'providers'],
    ],
    ['limits:\n  providers:\n    <||>', ['anthropic', 'ollama']],
    ['limits: { usd: { run: <||> } }', []],
    ['# <||>', []],
    ['unknown:\n  <||>', []],
  ];
  for (const [marked, labels] of cases)
    it(JSON.stringify(marked), () => {
      const { text, spans } = parseMarkedText(marked);
      const proposals = completeModelsFile(text, spans[0]?.start ?? 0, known);
      assert.deepEqual(
        proposals.map(({ label }) => label),
        labels,
      );
    });
});

describe('hover in a models file', () => {
  for (const [marked, expected] of [
    ['ro<||>les: {}', /Who answers for which role/],
    ['roles: { code<||>gen: {} }', /role `implementer` writes code/],
    ['roles: { tester: { strategy: ra<||>ce } }', /the first good answer counts/],
    ['limits: { usd: { da<||>y: 1 } }', /of a day \(UTC\)/],
    ['unk<||>nown: 1', undefined],
    ['<||>', undefined],
  ] as const)
    it(JSON.stringify(marked), () => {
      const { text, spans } = parseMarkedText(marked);
      const hover = hoverModelsFile(text, spans[0]?.start ?? 0);
      if (expected) assert.match(hover?.markdown ?? '', expected);
      else assert.equal(hover, undefined);
    });
});

describe('modelsFile.schema.json', () => {
  const path = new URL('modelsFile.schema.json', import.meta.url);

  it('says what the reader takes', () => {
    const text = renderSchema('Models of a team', modelsShape);
    if (process.env['UPDATE_EXPECTED']) writeFileSync(path, text);
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), JSON.parse(text));
  });

  it('agrees with the reader', () => {
    for (const text of [
      full,
      'roles: { tester: { use: a/b, strategy: vote } }',
      'roles: { tester: { strategy: rase } }',
      'roles: { nobody: {} }',
      'limits: { usd: { run: -1 } }',
      'calls: { plan: { max_tokens: 1.5 } }',
      'calls: { plan: { temperature: 3 } }',
      'limits: [1]',
      'roles: { tester: { use: [gpt] } }',
      'limits: { providers: { x: { concurrency: 0 } } }',
      'x: 1',
    ]) {
      const data: unknown = parseYaml(text);
      assert.equal(validate(data), parseModelsFile(text).problems.length === 0, text);
    }
  });
});
