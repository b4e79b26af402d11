import assert from 'node:assert/strict';
import { renderSilentFeatures } from './unusedFeatures.ts';

interface Features {
  readonly default: { readonly AFeature?: new () => { getState(): unknown } };
}

describe('renderSilentFeatures', () => {
  it('makes a feature that does nothing of each that is exported', async () => {
    const source = 'exports.AFeature = void 0;\nclass AFeature {}\nexports.AFeature = AFeature;\n';
    const text = `const exports = {};\n${renderSilentFeatures(source)}\nexport default exports;`;
    const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Features;
    const { AFeature } = module.default;
    assert.ok(AFeature);
    assert.deepEqual(new AFeature().getState(), { kind: 'static' });
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
