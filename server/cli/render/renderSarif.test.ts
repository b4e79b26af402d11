import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Finding, Severity } from '../../protocol/text.ts';
import { renderSarif } from './renderSarif.ts';

/** An object that has these properties and no others. */
const closed = (properties: object, required: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const text = { type: 'string' };
const link = { type: 'string', pattern: '^https://[\\x21-\\x7E]+$' };
const one = { type: 'integer', minimum: 1 };

/**
 * What SARIF 2.1.0 lets stand in the objects that are written, by the sections of the standard. Whatever else is in them
 * would be refused by the standard's own schema too: none of its objects takes properties that it does not name.
 */
const sarif = closed(
  {
    // 3.13: the log.
    $schema: link,
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      minItems: 1,
      // 3.14: a run.
      items: closed(
        {
          // 3.18 and 3.19: a tool and its driver.
          tool: closed(
            {
              driver: closed(
                {
                  name: { type: 'string', minLength: 1 },
                  semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+(?:[-+][\\w.+-]+)?$' },
                  informationUri: link,
                  // 3.49: what a rule is.
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: closed({ id: { type: 'string', minLength: 1 }, helpUri: link }, ['id']),
                  },
                },
                ['name'],
              ),
            },
            ['driver'],
          ),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          results: {
            type: 'array',
            // 3.27: a result.
            items: closed(
              {
                ruleId: text,
                ruleIndex: { type: 'integer', minimum: 0 },
                level: { enum: ['none', 'note', 'warning', 'error'] },
                message: closed({ text: { type: 'string', minLength: 1 } }, ['text']),
                locations: {
                  type: 'array',
                  minItems: 1,
                  // 3.28 to 3.30: a location in a file.
                  items: closed(
                    {
                      physicalLocation: closed(
                        {
                          artifactLocation: closed(
                            { uri: { type: 'string', pattern: "^[\\w.~!*'()%/-]+$" }, uriBaseId: text },
                            ['uri'],
                          ),
                          region: closed({ startLine: one, startColumn: one, endLine: one, endColumn: one }, [
                            'startLine',
                          ]),
                        },
                        ['artifactLocation'],
                      ),
                    },
                    ['physicalLocation'],
                  ),
                },
              },
              ['message'],
            ),
          },
        },
        ['tool', 'results'],
      ),
    },
  },
  ['version', 'runs'],
);
const validate = new Ajv2020({ allErrors: true }).compile(sarif);

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
    }[];
  }[];
}

function render(findings: readonly Finding[], version = '1.2.3'): Log['runs'][number] {
  const written = renderSarif({ findings, showPath: (path) => path, version });
  assert.ok(validate(JSON.parse(written)), JSON.stringify(validate.errors, undefined, 2));
  const [run, ...others] = (JSON.parse(written) as Log).runs;
  assert.ok(run);
  assert.deepEqual(others, []);
  return run;
}

function finding(more: Partial<Finding> = {}): Finding {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return { path: 'src/a.ts', range, severity: 'error', code: 'rule.bad-glob', message: 'Bad.', ...more };
}

describe('renderSarif', () => {
  it('is a log of SARIF 2.1.0 also where nothing is found', () => assert.deepEqual(render([]).results, []));

  const levels: readonly (readonly [severity: Severity, level: string])[] = [
    ['error', 'error'],
    ['warning', 'warning'],
    ['information', 'note'],
    ['hint', 'note'],
  ];
  for (const [severity, level] of levels)
    it(`says ${level} for ${severity}`, () =>
      assert.equal(render([finding({ severity })]).results[0]?.level, level));

  it('names each code once, and each result points at its own', () => {
    const { tool, results } = render(
      ['b.x', 'a.x', 'b.x'].map((code) => finding({ code })),
      '2.0.0-rc.1+5',
    );
    assert.deepEqual(
      tool.driver.rules.map(({ id }) => id),
      ['a.x', 'b.x'],
    );
    for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]?.id, ruleId);
  });

  for (const [path, uri] of [
    ['src/a b.ts', 'src/a%20b.ts'],
    ['ä/#?%.ts', '%C3%A4/%23%3F%25.ts'],
    ['c:/x.ts', 'c%3A/x.ts'],
    ['../outside.ts', '../outside.ts'],
    ['\uD800.ts', '%EF%BF%BD.ts'],
  ] as const)
    it(`writes a path as a reference: ${JSON.stringify(path)}`, () => {
      const [location] = render([finding({ path })]).results[0]?.locations ?? [];
      assert.equal(location?.physicalLocation.artifactLocation.uri, uri);
    });

  it('is one whatever is found', () => {
    for (const message of ['a\nb', '\u0000\u001B[31m', '\uFFFE😀', '"']) render([finding({ message })]);
  });
});
