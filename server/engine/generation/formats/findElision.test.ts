import assert from 'node:assert/strict';
import { findElision } from './findElision.ts';

const elisions = [
  '// ... rest of code',
  '// ... existing code ...',
  '# ... existing code ...',
  '# ...',
  '// …',
  '/* ... */',
  '    # ... other tests',
  '<!-- ... -->',
  '# rest of the code remains the same',
  '// (rest of file unchanged)',
  '// Rest of the tests...',
  '{/* ... existing code ... */}',
  '-- ... remaining code',
  '# (other tests unchanged)',
  '// existing imports...',
  '# ...rest of implementation',
  '[... rest of file ...]',
  '// ... keep the existing tests',
  '# The remaining tests stay the same',
  '// previous code omitted for brevity',
  '# omitted for brevity',
  '// ... (unchanged)',
  '// implementation not shown',
  '# tests unchanged',
  '// Existing tests remain unchanged',
];

const ordinary = [
  '...',
  '    ...',
  'def f(): ...',
  'const a = [...b];',
  'f(...args)',
  '# rest of the string is kept',
  '// other cases are tested below',
  '# handles "..." as one character',
  '// the same value comes back',
  '# existing files are replaced',
  'print("...")',
  '// keep existing order',
  '# the rest of the arguments are ignored',
  '"""Rest of the docs."""',
  '// see https://x/... for more',
  '# wait...',
  '// Testing...',
  '# code points above 0xffff',
  '// unchanged input gives unchanged output',
  '* a list item...',
  '# previous value is unchanged by a failed set',
];

describe('findElision', () => {
  for (const line of elisions) {
    it(`finds ${line.trim()}`, () =>
      assert.deepEqual(findElision(`a\n${line}\nb`), { line: 1, text: line.trim() }));
  }

  for (const line of ordinary) {
    it(`takes as code: ${line.trim()}`, () => assert.equal(findElision(`a\n${line}\nb`), undefined));
  }

  it('leaves a line alone that the file had before', () => {
    assert.equal(findElision('a()\n  // ...\nb()', '// ...\nb()'), undefined);
  });

  it('ends soon on very long lines', () => {
    assert.equal(findElision(`// ...${' rest of '.repeat(100_000)}`), undefined);
  });
});
