import assert from 'node:assert/strict';
import { applyBlocks, applyWhole, textOf } from '../../../test/appliedBlocks.ts';

const python =
  'class A:\n    def one(self):\n        return self.first_value\n\n    def two(self):\n        return self.second_value\n';

interface Case {
  readonly name: string;
  readonly current: string;
  readonly blocks: readonly (readonly [string, string])[];
  readonly expected: string;
  readonly trust: string;
}

const found: readonly Case[] = [
  {
    name: 'exact lines',
    current: 'a\nb\nc\n',
    blocks: [['b\n', 'B\n']],
    expected: 'a\nB\nc\n',
    trust: 'exact',
  },
  {
    name: 'lines at the very start and end',
    current: 'a\nb',
    blocks: [
      ['a\n', 'A\n'],
      ['b\n', 'B\n'],
    ],
    expected: 'A\nB',
    trust: 'exact',
  },
  {
    name: 'only whole lines',
    current: 'max = 1\nx = 1\n',
    blocks: [['x = 1\n', 'x = 2\n']],
    expected: 'max = 1\nx = 2\n',
    trust: 'exact',
  },
  {
    name: 'a deletion with its line break',
    current: 'a\nb\nc\n',
    blocks: [['b\n', '']],
    expected: 'a\nc\n',
    trust: 'exact',
  },
  {
    name: 'a deletion at the end without a line break',
    current: 'a\nb',
    blocks: [['b\n', '']],
    expected: 'a',
    trust: 'exact',
  },
  {
    name: 'a deletion in a CRLF file',
    current: 'a\r\nb\r\nc\r\n',
    blocks: [['b\n', '']],
    expected: 'a\r\nc\r\n',
    trust: 'line-endings',
  },
  {
    name: 'a blank line in place of a line',
    current: 'a\nb\nc\n',
    blocks: [['b\n', '\n']],
    expected: 'a\n\nc\n',
    trust: 'exact',
  },
  {
    name: 'CRLF, which new lines take',
    current: 'a\r\nb\r\nc',
    blocks: [['a\nb\n', 'a\nnew\nb\n']],
    expected: 'a\r\nnew\r\nb\r\nc',
    trust: 'line-endings',
  },
  {
    name: 'mixed line endings, each kept',
    current: 'a\r\nb\nc\r\nd\n',
    blocks: [['b\nc\n', 'b\nnew\nc\n']],
    expected: 'a\r\nb\nnew\nc\r\nd\n',
    trust: 'line-endings',
  },
  {
    name: 'a byte order mark',
    current: '\uFEFFa\nb\n',
    blocks: [['a\n', 'A\n']],
    expected: '\uFEFFA\nb\n',
    trust: 'exact',
  },
  {
    name: 'trailing space, kept on lines that stay',
    current: 'a  \nb\t\nc\n',
    blocks: [['a\nb\n', 'a\nB\n']],
    expected: 'a  \nB\nc\n',
    trust: 'trailing-space',
  },
  {
    name: 'a block that was shifted to the left',
    current: python,
    blocks: [
      [
        'def two(self):\n    return self.second_value\n',
        'def two(self):\n    if self.ready:\n        return 2\n    return self.second_value\n',
      ],
    ],
    expected: python.replace(
      '        return self.second_value\n',
      '        if self.ready:\n            return 2\n        return self.second_value\n',
    ),
    trust: 'indentation',
  },
  {
    name: 'a block that was shifted to the right',
    current: 'first_call(1);\nsecond_call(2);\n',
    blocks: [
      [
        '  first_call(1);\n  second_call(2);\n',
        '  first_call(1);\n  if (x) {\n    y();\n  }\n  second_call(2);\n',
      ],
    ],
    expected: 'first_call(1);\nif (x) {\n  y();\n}\nsecond_call(2);\n',
    trust: 'indentation',
  },
  {
    name: 'tabs that were written as spaces',
    current: 'function f() {\n\tif (ready) {\n\t\trun();\n\t}\n}\n',
    blocks: [
      [
        '    if (ready) {\n        run();\n    }\n',
        '    if (ready) {\n        run();\n        stop();\n    }\n',
      ],
    ],
    expected: 'function f() {\n\tif (ready) {\n\t\trun();\n\t\tstop();\n\t}\n}\n',
    trust: 'indentation',
  },
  {
    name: 'spaces that were written as tabs',
    current: 'function f() {\n  if (ready) {\n    run();\n  }\n}\n',
    blocks: [['\tif (ready) {\n\t\trun();\n\t}\n', '\tif (ready) {\n\t\trun();\n\t\tstop();\n\t}\n']],
    expected: 'function f() {\n  if (ready) {\n    run();\n    stop();\n  }\n}\n',
    trust: 'indentation',
  },
  {
    name: 'blank lines that were left out',
    current: 'import alpha\n\n\ndef beta():\n    pass\n',
    blocks: [['import alpha\ndef beta():\n', 'import alpha\ndef gamma():\n']],
    expected: 'import alpha\n\n\ndef gamma():\n    pass\n',
    trust: 'blank-lines',
  },
  {
    name: 'blank lines between lines that stay',
    current: 'import alpha\n\n\ndef beta():\n    pass\n',
    blocks: [['import alpha\ndef beta():\n    pass\n', 'import alpha\ndef beta():\n    return 1\n']],
    expected: 'import alpha\n\n\ndef beta():\n    return 1\n',
    trust: 'blank-lines',
  },
  {
    name: 'a blank line too many at the edges',
    current: 'x = compute_it()\ny = 2\n',
    blocks: [['\nx = compute_it()\n\n', '\nx = compute_it(1)\n\n']],
    expected: 'x = compute_it(1)\ny = 2\n',
    trust: 'blank-lines',
  },
  {
    name: 'quotes that look alike, kept on lines that stay',
    current: '# It’s “fine” – here\nvalue = call_it()\n',
    blocks: [['# It\'s "fine" - here\nvalue = call_it()\n', '# It\'s "fine" - here\nvalue = call_it(1)\n']],
    expected: '# It’s “fine” – here\nvalue = call_it(1)\n',
    trust: 'look-alikes',
  },
  {
    name: 'no-break spaces',
    current: 'const price\u00A0= compute(1);\n',
    blocks: [['const price = compute(1);\n', 'const price = compute(2);\n']],
    expected: 'const price = compute(2);\n',
    trust: 'look-alikes',
  },
  {
    name: 'a line that changed since, which stays as it is now',
    current:
      'def total(orders):\n    amount = start_amount()\n    for order in orders:\n        amount += order.price\n    return rounded(amount)\n',
    blocks: [
      [
        'def total(orders):\n    amount = 0\n    for order in orders:\n        amount += order.price\n    return rounded(amount)\n',
        'def total(orders):\n    amount = 0\n    for order in orders:\n        amount += order.price\n    return amount\n',
      ],
    ],
    expected:
      'def total(orders):\n    amount = start_amount()\n    for order in orders:\n        amount += order.price\n    return amount\n',
    trust: 'similar',
  },
  {
    name: 'several blocks in any order',
    current: 'a\nb\nc\nd\n',
    blocks: [
      ['d\n', 'D\n'],
      ['a\n', 'A\nb\n'],
    ],
    expected: 'A\nb\nb\nc\nD\n',
    trust: 'exact',
  },
  {
    name: 'a block that builds on the one before',
    current: 'a\nb\n',
    blocks: [
      ['a\n', 'x\ny\n'],
      ['y\nb\n', 'z\n'],
    ],
    expected: 'x\nz\n',
    trust: 'exact',
  },
  {
    name: 'a block that is written twice',
    current: 'a\nb\n',
    blocks: [
      ['a\n', 'a\nnew\n'],
      ['a\n', 'a\nnew\n'],
    ],
    expected: 'a\nnew\nb\n',
    trust: 'exact',
  },
  {
    name: 'the final newline when the last line is replaced',
    current: 'a\nb\n',
    blocks: [['b\n\n', 'B\n']],
    expected: 'a\nB\n',
    trust: 'exact',
  },
];

describe('applyEdits', () => {
  for (const { name, current, blocks, expected, trust } of found) {
    it(`finds and keeps ${name}`, () => {
      const outcome = applyBlocks(current, ...blocks);
      assert.equal(textOf(outcome), expected);
      assert.equal(outcome.kind === 'applied' ? outcome.trust : undefined, trust);
    });
  }

  it('counts lines that came and went, not the ones that a block repeats', () => {
    const outcome = applyBlocks('a\nb\nc\n', ['a\nb\nc\n', 'a\nB\nnew\nc\n']);
    assert.deepEqual(outcome, {
      kind: 'applied',
      text: 'a\nB\nnew\nc\n',
      trust: 'exact',
      added: 2,
      removed: 1,
    });
  });

  const wholes: readonly [string, string | undefined, string, string][] = [
    ['creates a file as it is given', undefined, 'a\nb\n', 'a\nb\n'],
    ['keeps CRLF', 'a\r\nb\r\n', 'a\nc\n', 'a\r\nc\r\n'],
    ['keeps a missing final newline', 'a\nb', 'a\nc\n', 'a\nc'],
    ['keeps a byte order mark', '\uFEFFa\n', 'b\n', '\uFEFFb\n'],
    ['fills an empty file', '', 'a\n', 'a\n'],
  ];
  for (const [name, current, text, expected] of wholes) {
    it(`${name} when a whole file is given`, () => assert.equal(textOf(applyWhole(current, text)), expected));
  }

  it('refuses a whole file that lost most of the present one', () => {
    assert.match(textOf(applyWhole('x\n'.repeat(40), 'x\n'.repeat(3))), /left out/);
  });

  it('takes an empty SEARCH as the text of a new or empty file', () => {
    assert.equal(textOf(applyBlocks(undefined, ['', 'a\n'])), 'a\n');
    assert.equal(textOf(applyBlocks('\n', ['', 'a\n'])), 'a\n');
  });
});
