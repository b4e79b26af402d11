import assert from 'node:assert/strict';
import { renderSilentFeatures } from './unusedFeatures.ts';

describe('renderSilentFeatures', () => {
  it('makes a feature that does nothing of each that is exported', () => {
    const source = 'exports.AFeature = void 0;\nclass AFeature {}\nexports.AFeature = AFeature;\n';
    const module: { exports: Record<string, new () => { getState(): unknown; clear(): void }> } = {
      exports: {},
    };
    new Function('exports', renderSilentFeatures(source))(module.exports);
    const Feature = module.exports['AFeature'];
    assert.ok(Feature);
    assert.deepEqual(new Feature().getState(), { kind: 'static' });
  });

  const foreign: readonly (readonly [title: string, source: string])[] = [
    ['something else', 'exports.AFeature = A;\nexports.pull = pull;\n'],
    ['nothing', 'exports.AFeature = void 0;\n'],
  ];
  for (const [title, source] of foreign) {
    it(`refuses a module that exports ${title}`, () => {
      assert.throws(() => renderSilentFeatures(source), /where a feature is looked for/);
    });
  }
});
