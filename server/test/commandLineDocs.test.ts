import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { environmentKeys, variableOf } from '../adapters/environmentSettings.ts';
import { exitCodes } from '../cli/exitCodes.ts';
import { helpTexts } from '../cli/helpTexts.ts';

const page = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8');

describe('docs/command-line.md', () => {
  it('names every variable that is read', () => {
    assert.deepEqual(
      environmentKeys.map(variableOf).filter((variable) => !page.includes(`\`${variable}\``)),
      [],
    );
  });

  it('has a variable for every setting', () => {
    const { contributes } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as {
      readonly contributes: { readonly configuration: readonly { readonly properties: object }[] };
    };
    const settings = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    const known = new Set(environmentKeys.map((key) => `codegenLab.${key}`));
    assert.deepEqual(
      settings.filter((name) => !known.has(name)),
      [],
    );
  });

  it('names no variable that is not read', () => {
    const known = new Set([
      ...environmentKeys.map(variableOf),
      'CODEGEN_LAB_CONFIG_ENABLE_AI',
      'CODEGEN_LAB_CONFIG_DEBUG_LANGCHAIN',
      'CODEGEN_LAB_CONFIG_ENABLE_REDIS',
      'CODEGEN_LAB_CONFIG_A_B_C_D',
    ]);
    assert.deepEqual(
      [...page.matchAll(/CODEGEN_LAB_CONFIG_[A-Z_]+/g)]
        .map(([name]) => name)
        .filter((name) => !known.has(name)),
      [],
    );
  });

  it('names every option of every command', () => {
    const options = Object.values(helpTexts).flatMap((text) =>
      [...text.matchAll(/--[a-z][a-z-]+/g)].map(([name]) => name),
    );
    assert.deepEqual(
      options.filter((name) => !page.includes(name)),
      [],
    );
  });

  it('explains every exit code', () => {
    assert.deepEqual(
      Object.values(exitCodes).filter((code) => !page.includes(`\n| ${code} | `)),
      [],
    );
  });
});
