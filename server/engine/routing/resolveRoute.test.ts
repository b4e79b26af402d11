import assert from 'node:assert/strict';
import { renderCandidate } from './modelChoices.ts';
import { parseModelsFile, readModelSettings } from './modelsFile/parseModelsFile.ts';
import { explainNoCandidate, parseModelWish, resolveRoute, type RoutingSources } from './resolveRoute.ts';
import { keyDocs } from '../rules/vocabulary/keyDocs.ts';
import { resolveRole, roleRows } from '../rules/vocabulary/modelRoles.ts';

const ai = { enabled: true, provider: 'anthropic', model: 'claude' } as const;

interface Given {
  readonly roles?: Readonly<Record<string, unknown>>;
  readonly calls?: Readonly<Record<string, unknown>>;
  readonly providers?: readonly string[];
  readonly team?: string;
  readonly provider?: string;
}

function sources({
  roles = {},
  calls = {},
  providers = [],
  team = '',
  provider = 'anthropic',
}: Given): RoutingSources {
  return {
    ai: { ...ai, provider },
    providers,
    user: readModelSettings({ roles, calls, limits: {} }).choices,
    team: parseModelsFile(team).choices,
  };
}

describe('names of roles', () => {
  for (const [name, role] of [
    ['tester', 'tester'],
    ['codegen', 'implementer'],
    ['code_generation', 'implementer'],
    ['Code-Generation', 'implementer'],
    ['debugging', 'fixer'],
    ['web_agent', 'web-tester'],
    ['web tester', 'web-tester'],
    ['constructor', undefined],
    ['', undefined],
  ] as const)
    it(`reads ${JSON.stringify(name)} as ${role}`, () => assert.equal(resolveRole(name), role));
});

describe('what a rule says of its model', () => {
  it('is completed with every role', () => {
    const roles = roleRows.map(({ role, summary }) => [role, `a role: ${summary}`]);
    assert.deepEqual(Object.entries(keyDocs['model']?.values ?? {}), roles);
  });

  for (const [text, kind] of [
    ['reviewer', 'role'],
    ['anthropic/claude', 'model'],
    ['openrouter/meta/llama:free', 'model'],
    ['nobody', 'unknown'],
    ['/x', 'unknown'],
    ['../x', 'unknown'],
  ] as const)
    it(`${text} is ${kind}`, () => assert.equal(parseModelWish(text).kind, kind));
});

describe('the route of a role', () => {
  const rows: readonly (readonly [string, Given, readonly string[], string])[] = [
    ['is the chosen model', {}, ['anthropic/claude'], 'default'],
    ['is nobody on a fresh machine', { provider: '' }, [], 'default'],
    [
      'follows the settings',
      { roles: { tester: { use: ['ollama/a', 'anthropic/b'] } } },
      ['ollama/a', 'anthropic/b'],
      'settings',
    ],
    [
      'follows the team among what the person has',
      { providers: ['ollama'], team: 'roles: { tester: { use: [openai/x, ollama/a] } }' },
      ['ollama/a'],
      'models.yaml',
    ],
    [
      'falls back to the chosen model when the team names nobody that the person has',
      { team: 'roles: { tester: { use: openai/x } }' },
      ['anthropic/claude'],
      'default',
    ],
    [
      'follows the settings before the team',
      { roles: { testing: { use: 'ollama/a' } }, team: 'roles: { tester: { use: anthropic/b } }' },
      ['ollama/a'],
      'settings',
    ],
    [
      'asks recordings alone while they are replayed',
      { provider: 'replay', roles: { tester: { use: 'ollama/a' } } },
      ['replay/claude'],
      'settings',
    ],
  ];
  for (const [name, given, candidates, source] of rows)
    it(name, () => {
      const route = resolveRoute(sources(given), 'tester');
      assert.deepEqual(route.candidates.map(renderCandidate), candidates);
      assert.equal(route.sources.candidates, source);
      assert.equal(explainNoCandidate(route) === undefined, candidates.length > 0);
    });

  it('is refused for a model of a provider that is not set up', () => {
    const route = resolveRoute(sources({}), 'tester', { provider: 'openai', model: 'x' });
    assert.match(
      explainNoCandidate(route) ?? '',
      /^openai\/x cannot be asked\. The provider openai is not set up/,
    );
  });

  it('takes parameters from the nearest, and from the team only what lowers', () => {
    const route = resolveRoute(
      sources({
        roles: { tester: { temperature: 0.5 } },
        calls: { write: { temperature: 0.9, max_tokens: 5000 } },
        team: 'roles: { tester: { temperature: 0, max_tokens: 9000, timeout: 20 } }\ncalls: { write: { max_tokens: 100 } }',
      }),
      'tester',
    );
    assert.deepEqual(
      {
        temperature: route.temperature,
        maxTokens: route.maxTokens,
        timeout: route.timeout,
        sources: route.sources,
      },
      {
        temperature: 0.5,
        maxTokens: 5000,
        timeout: 20,
        sources: {
          candidates: 'default',
          strategy: 'default',
          temperature: 'settings',
          maxTokens: 'settings',
          timeout: 'models.yaml',
        },
      },
    );
  });
});
