import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { problemCodes } from './problemCodes.ts';
import { readProblemSettings } from './problemSettings.ts';

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, SettingSchema>>;
    }[];
  };
}

interface SettingSchema {
  readonly propertyNames: { readonly enum: readonly string[] };
  readonly additionalProperties: { readonly enum: readonly string[] };
}

const manifest = JSON.parse(
  readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
) as Manifest;
const schema = manifest.contributes.configuration
  .map(({ properties }) => properties['codegenLab.rules.problems'])
  .find((each) => each !== undefined);

describe('the setting codegenLab.rules.problems', () => {
  it('offers every code', () => {
    assert.deepEqual(schema?.propertyNames.enum, [...problemCodes.keys()]);
  });

  it('offers the words that are read, and no others', () => {
    const words = schema?.additionalProperties.enum ?? [];
    const all = Object.fromEntries([...words, 'loud'].map((word) => [word, word]));
    assert.deepEqual([...readProblemSettings(all).severities.keys()], words);
    assert.equal(words.length, 5);
  });
});
