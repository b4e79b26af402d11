import assert from 'node:assert/strict';
import { ruleOf, runAct, withRule } from './actionSlice.ts';
import { source } from './sampleSlice.ts';
import type { Slice, SliceOptions } from './sliceWorkspace.ts';

interface Written {
  readonly severity?: string;
  readonly message?: string;
  readonly quote: string;
  readonly suggestion?: string;
}

function review(...findings: readonly Written[]): { readonly kind: 'answer'; readonly text: string } {
  const blocks = findings.map(({ severity = 'warning', message = 'It fails.', quote, suggestion }) =>
    [
      `FINDING ${severity}: ${message}`,
      '```js',
      quote,
      '```',
      ...(suggestion === undefined ? [] : ['SUGGESTION:', '```js', suggestion, '```']),
    ].join('\n'),
  );
  return { kind: 'answer', text: `${blocks.join('\n\n')}\n` };
}

const quote = "  if (ms === 0) return '0ms';";
const suggestion = "  if (ms <= 0) return '0ms';";

function withReview(
  keys: readonly string[],
  use: (slice: Slice) => Promise<void>,
  options: Partial<SliceOptions>,
): Promise<void> {
  const rule = ruleOf('- type: review', ...keys.map((key) => `  ${key}`));
  return withRule(rule, use, { workspace: 'workspaces/sample', ...options });
}

describe('the action review', function () {
  this.timeout(30_000);

  it('shows what a model finds where it quotes it, with the edit that it suggests, and writes nothing', () =>
    withReview(
      [],
      async (slice) => {
        const before = slice.read(source);
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['unchanged', 'ok'], result.message);
        assert.equal(result.message, '1 finding.');
        const range = { start: { line: 11, character: 2 }, end: { line: 11, character: 29 } };
        const findings = slice.running.engine.actionFindings(slice.root);
        assert.deepEqual(findings, [
          {
            path: source,
            range,
            severity: 'error',
            code: 'review.finding',
            message: 'Negative values give nothing.',
            rule: 'act',
            run: result.run,
            id: `${result.run}/#1/0`,
            fix: {
              range: { start: { line: 11, character: 0 }, end: { line: 11, character: 29 } },
              newText: suggestion,
              replaces: quote,
            },
          },
        ]);
        assert.equal(slice.read(source), before);
        assert.deepEqual(result.view?.files, []);
      },
      {
        script: [review({ severity: 'error', message: 'Negative values give nothing.', quote, suggestion })],
        settings: { approval: 'auto' },
      },
    ));

  it('drops what quotes nothing of the file, and says so', () =>
    withReview(
      [],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.match(result.message, /^1 finding\. 2 left out: .*is not in the file.*more than once/u);
        assert.equal(slice.running.engine.actionFindings(slice.root).length, 1);
      },
      {
        script: [
          review(
            { quote },
            { quote: 'const made = up();', message: 'Made up.' },
            { quote: '}', message: 'Anywhere.' },
          ),
        ],
      },
    ));

  it('takes no more findings than a person reads, each once', () =>
    withReview(
      [],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.match(result.message, /^20 findings\. 10 left out/u);
      },
      {
        script: [
          review(
            { quote, message: 'Number 1.' },
            ...Array.from({ length: 30 }, (_, at) => ({ quote, message: `Number ${at + 1}.` })),
          ),
        ],
      },
    ));

  for (const [what, suggested, reason] of [
    ['does not parse', 'if (', /does not parse/u],
    ['brings a key', `const key = 'ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}';`, /looks like a key/u],
    ['a rule rejects', "  console.log('x');", /no-console|refuses/u],
  ] as const)
    it(`offers no edit that ${what}, and keeps the finding`, () =>
      withReview(
        [],
        async (slice) => {
          const result = await runAct(slice, source);
          assert.match(result.message, /^1 finding\. 1 left out: What is suggested/u);
          assert.match(result.message, reason);
          const [finding] = slice.running.engine.actionFindings(slice.root);
          assert.equal(finding?.fix, undefined);
        },
        {
          files: {
            '.cursor/rules/no-log.mdc':
              '---\nname: no-log\nglobs: "**/*.js"\nactions:\n  - type: reject\n    message: No log.\n    conditions:\n      - pattern: console\\.log\n---\n',
          },
          script: [review({ quote, suggestion: suggested })],
        },
      ));

  it('masks what looks like a secret, and shows what nobody sees', () =>
    withReview(
      ['severity: information'],
      async (slice) => {
        await runAct(slice, source);
        const [finding] = slice.running.engine.actionFindings(slice.root);
        assert.equal(finding?.severity, 'information');
        assert.doesNotMatch(finding?.message ?? '', /ghp_|\u202E/u);
      },
      {
        script: [
          review({
            severity: 'error',
            quote,
            message: `See ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)} \u202E.`,
          }),
        ],
      },
    ));

  it('asks again for an answer in its form, and stops when the same comes twice', () =>
    withReview(
      [],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['failed', 'review.unreadable'], result.message);
        assert.equal(slice.models.requests.length, 2);
      },
      { script: [{ kind: 'answer', text: 'Looks good to me!\n' }] },
    ));

  it('takes back what it found when the next review finds nothing', () =>
    withReview(
      [],
      async (slice) => {
        await runAct(slice, source);
        assert.equal(slice.running.engine.actionFindings(slice.root).length, 1);
        const result = await runAct(slice, source);
        assert.equal(result.message, 'Nothing found.');
        assert.equal(slice.running.engine.actionFindings(slice.root).length, 0);
      },
      { script: [review({ quote }), { kind: 'answer', text: 'NO FINDINGS\n' }] },
    ));

  it('shows no file to a model that may hold secrets', () =>
    withRule(
      ruleOf('- type: review').replace('**/*.js', '**/.env'),
      async (slice) => {
        const result = await runAct(slice, '.env');
        assert.deepEqual([result.outcome, result.code], ['refused', 'source.secret'], result.message);
        assert.equal(slice.models.requests.length, 0);
      },
      { files: { '.env': 'KEY=x\n' }, script: [] },
    ));
});
