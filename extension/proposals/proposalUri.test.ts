import assert from 'node:assert/strict';
import { parseProposalUri, renderProposalUri } from './proposalUri.ts';

describe('the URI of a proposed file', () => {
  for (const place of [
    { side: 'before', run: '20261121-a1', path: 'src/a.py' },
    { side: 'after', run: 'run/with?odd=#signs&', path: 'a b/ü.test.ts' },
  ] as const) {
    it(`is read back: ${place.path}`, () =>
      assert.deepEqual(parseProposalUri(renderProposalUri(place)), place));
  }

  it('has one path for both sides', () => {
    const [before, after] = (['before', 'after'] as const).map((side) =>
      renderProposalUri({ side, run: 'r', path: 'src/a.py' }),
    );
    assert.equal(before?.path, after?.path);
    assert.notEqual(before?.query, after?.query);
  });

  for (const [path, query] of [
    ['/a.py', ''],
    ['/a.py', 'aside=r'],
    ['/a.py', 'after='],
    ['/', 'after=r'],
  ] as const) {
    it(`is refused: ${path}?${query}`, () => assert.equal(parseProposalUri({ path, query }), undefined));
  }
});
