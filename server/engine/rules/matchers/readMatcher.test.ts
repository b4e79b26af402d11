import assert from 'node:assert/strict';
import fc from 'fast-check';
import { builtinMatchers } from './builtinMatchers.ts';
import { readMatcher } from './readMatcher.ts';

const faults: readonly (readonly [title: string, value: unknown, fault: RegExp])[] = [
  ['an unknown name', '$tcs', /Did you mean `\$tsc`\?/],
  ['a name that is far from all', '$nothing-like-it', /Known are `\$tsc`/],
  ['no matcher', 5, /is a name such as/],
  ['no pattern', {}, /needs a `pattern`/],
  ['an empty list of patterns', { pattern: [] }, /needs a `pattern`/],
  ['a pattern without a regexp', { pattern: { file: 1 } }, /needs a `regexp`/],
  ['a broken regexp', { pattern: { regexp: '(a' } }, /regexp` of a problem matcher/],
  ['a group that is no number', { pattern: { regexp: 'a', file: 'x' } }, /`file`.*number of a group/],
  [
    'a loop before the end',
    {
      pattern: [
        { regexp: 'a', file: 1, loop: true },
        { regexp: 'b', line: 1, message: 2 },
      ],
    },
    /Only the last/,
  ],
  [
    'several patterns without a message',
    {
      pattern: [
        { regexp: 'a', file: 1 },
        { regexp: 'b', line: 1 },
      ],
    },
    /`file` and `message`/,
  ],
  [
    'several patterns without a line',
    {
      pattern: [
        { regexp: 'a', file: 1 },
        { regexp: 'b', message: 1 },
      ],
    },
    /`line`/,
  ],
  ['a base that is not known', { base: '$x' }, /No problem matcher/],
  ['a place that is not known', { base: '$tsc', fileLocation: 'search' }, /`fileLocation` is/],
  ['a variable in the place', { base: '$tsc', fileLocation: ['relative', '${env:X}'] }, /knows no variable/],
];

describe('a problem matcher', () => {
  for (const [title, value, fault] of faults)
    it(`is refused for ${title}`, () => {
      const read = readMatcher(value);
      assert.ok('fault' in read);
      assert.match(read.fault, fault);
    });

  it('has the groups that VS Code gives a single pattern', () => {
    const read = readMatcher({
      owner: 'own',
      severity: 'warning',
      pattern: { regexp: '^(.*):(\\d+):(\\d+)', severity: 4 },
    });
    assert.ok(!('fault' in read));
    const [pattern] = read.patterns;
    assert.deepEqual(
      [
        read.name,
        read.severity,
        pattern?.file,
        pattern?.line,
        pattern?.column,
        pattern?.message,
        pattern?.severity,
      ],
      ['own', 'warning', 1, 2, 3, 0, 4],
    );
  });

  it('takes over what it does not say from its base', () => {
    const read = readMatcher({
      base: '$tsc',
      severity: 'info',
      fileLocation: ['relative', '${workspaceFolder}/web'],
    });
    assert.ok(!('fault' in read));
    assert.deepEqual(read.patterns, builtinMatchers['tsc']?.patterns);
    assert.deepEqual([read.severity, read.location], ['information', { kind: 'relative', base: 'web' }]);
  });

  it('is read from any value without a throw', () => {
    fc.assert(fc.property(fc.anything(), (value) => void readMatcher(value)));
    const pattern = fc.record({ regexp: fc.string(), file: fc.anything(), loop: fc.anything() });
    fc.assert(fc.property(fc.array(pattern), (patterns) => void readMatcher({ pattern: patterns })));
  });

  for (const [name, matcher] of Object.entries(builtinMatchers))
    it(`$${name} runs in linear time and without a worker`, () => {
      for (const { regexp } of matcher.patterns) assert.ok(!/\(\?<?[=!]|\\[1-9]/u.test(regexp), regexp);
    });
});
