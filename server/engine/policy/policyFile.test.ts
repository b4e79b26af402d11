import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseMarkedText } from '../../test/markedText.ts';
import { renderSchema } from '../../test/schemaOfShape.ts';
import { policyShape } from './policyShape.ts';
import { checkPolicyFile, completePolicyFile, hoverPolicyFile } from './policyFile.ts';
import { readPolicy } from './readPolicy.ts';

const rules = ['generate-tests', 'lint'];

describe('completing a policy', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['keys at the top', '<||>', ['roles', 'rules']],
    ['roles', 'roles:\n  <||>', ['rules', 'models', 'people']],
    ['those that are not there yet', 'roles:\n  rules: {}\n  <||>', ['models', 'people']],
    ['names of rules', 'rules:\n  gen<||>', rules],
    ['amounts', 'roles: { people: { spend: { <||> } } }', ['usdPerRun', 'usdPerDay', 'tokensPerRun']],
    ['a switch', 'roles: { people: { approve: <||> } }', ['true', 'false']],
    ['nothing where texts of people stand', 'roles: { rules: { write: [<||>] } }', []],
    ['nothing in a comment', '# ro<||>', []],
  ];
  for (const [name, marked, expected] of cases)
    it(`offers ${name}`, () => {
      const { text, spans } = parseMarkedText(marked);
      const proposals = completePolicyFile(text, spans[0]?.start ?? 0, rules);
      assert.deepEqual(
        proposals.map(({ label }) => label),
        expected,
      );
      for (const { documentation } of proposals) assert.match(documentation, /\.$/u);
    });

  it('offers all keys of a role, each of which the reader knows', () => {
    const marked = 'rules:\n  lint:\n    <||>';
    const { text, spans } = parseMarkedText(marked);
    const proposals = completePolicyFile(text, spans[0]?.start ?? 0, rules);
    assert.equal(proposals.length, 9);
    const values: Readonly<Record<string, string>> = { '[$1]': '[a]', '{ $1 }': '{}', $1: 'true' };
    for (const { snippet } of proposals) {
      const written = snippet.replace(/\[\$1\]|\{ \$1 \}|\$1/u, (found) => values[found] ?? found);
      assert.ok('policy' in readPolicy('p.yaml', `rules: { lint: { ${written} } }\n`), written);
    }
  });
});

describe('hovering in a policy', () => {
  for (const [marked, expected] of [
    ['ro<||>les: {}', /Whose rights/u],
    ['rules: { li<||>nt: {} }', /`lint`: What is taken away from this rule/u],
    ['roles: { models: { comm<||>ands: [] } }', /first words/u],
    ['roles: { people: { spend: { usdPer<||>Day: 1 } } }', /of a day/u],
    ['roles: { people: { spend: { usdPerDay: <||>1 } } }', undefined],
  ] as const)
    it(`explains ${marked}`, () => {
      const { text, spans } = parseMarkedText(marked);
      const hover = hoverPolicyFile(text, spans[0]?.start ?? 0);
      if (expected === undefined) assert.equal(hover, undefined);
      else assert.match(hover?.markdown ?? '', expected);
    });
});

describe('checking a policy', () => {
  it('shows each problem at its place, and none where there is none', () => {
    const text = 'roles:\n  rules: { tets: true }\n  models: { tests: yes }\n';
    assert.deepEqual(
      checkPolicyFile('p.yaml', text).map(({ range: { start }, severity, code }) => [
        start.line,
        start.character,
        severity,
        code,
      ]),
      [
        [1, 11, 'error', 'policy.broken'],
        [2, 19, 'error', 'policy.broken'],
      ],
    );
    assert.deepEqual(checkPolicyFile('p.yaml', 'roles: {}\n'), []);
  });

  it('answers at every place of every text', () => {
    const words = ['roles', 'rules', 'spend', ': ', '\n  ', '- ', '[', ']', '{', '}', '*x', '\r\n', '#'];
    const text = fc.array(fc.constantFrom(...words), { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(60), (source, at) => {
        const offset = Math.min(at, source.length);
        for (const { span } of completePolicyFile(source, offset, rules))
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= source.length);
        hoverPolicyFile(source, offset);
        checkPolicyFile('p.yaml', source);
      }),
      { numRuns: 200 },
    );
  });
});

describe('docs/policy.schema.json', () => {
  const path = new URL('../../../docs/policy.schema.json', import.meta.url);

  it('says what can be written', () => {
    const text = renderSchema('Policy of Codegen Lab', policyShape);
    if (process.env['UPDATE_EXPECTED']) writeFileSync(path, text);
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), JSON.parse(text));
  });
});
