import assert from 'node:assert/strict';
import { applyBlocks, textOf } from '../../../test/appliedBlocks.ts';

const orders =
  'def total(orders):\n    amount = start_amount()\n    log_the_total(amount)\n    for order in orders:\n        amount += order.price\n';

const refusals: readonly {
  name: string;
  current: string | undefined;
  blocks: readonly (readonly [string, string])[];
  reason: RegExp;
  lines?: readonly number[];
}[] = [
  {
    name: 'lines that stand there twice',
    current: 'x()\na\nx()\n',
    blocks: [['x()\n', 'y()\n']],
    reason: /more than once/,
    lines: [0, 2],
  },
  {
    name: 'lines that stand there twice but for trailing space',
    current: 'foo() \na\nfoo()\t\n',
    blocks: [['foo()\n', 'y()\n']],
    reason: /more than once/,
    lines: [0, 2],
  },
  {
    name: 'lines that fit at two indentations',
    current: ' first_value(one)\na\n   first_value(one)\n',
    blocks: [['first_value(one)\n', 'y()\n']],
    reason: /more than once/,
    lines: [0, 2],
  },
  {
    name: 'one of equal lines in a row, of which the block has fewer than the file',
    current:
      "resolve([\n  'of a plain rule resolves nothing',\n  { later: rule('globs: x') },\n  'later',\n  'later',\n  'later',\n  'later',\n]);\n",
    blocks: [
      [
        "resolve([\n  'of a plain rule resolves nothing',\n  { later: rule('globs: x') },\n  'later',\n  'later',\n  'later',\n]);\n",
        "resolve([\n  'of a plain rule resolves nothing',\n  { later: rule('globs: x') },\n  'later',\n  'other',\n  'later',\n]);\n",
      ],
    ],
    reason: /differs from the file in lines that it changes/,
  },
  {
    name: 'a stale line',
    current: 'one\ntwo\nthree\n',
    blocks: [['one\nold\nthree\n', 'one\nnew\nthree\n']],
    reason: /does not stand/,
    lines: [0],
  },
  {
    name: 'a changed line that has changed since',
    current: `${orders}    return rounded(amount)\n`,
    blocks: [[`${orders}    return amount\n`, `${orders}    return amount + 1\n`]],
    reason: /differs from the file in lines that it changes/,
  },
  {
    name: 'a new line next to one that the model does not know',
    current: orders,
    blocks: [
      [
        orders.replace('    log_the_total(amount)\n', ''),
        orders.replace('    log_the_total(amount)\n', '    new()\n'),
      ],
    ],
    reason: /next to where it adds some/,
  },
  {
    name: 'a dropped line',
    current: 'one\ntwo\nthree\n',
    blocks: [['one\nthree\n', 'one\nnew\nthree\n']],
    reason: /does not stand/,
  },
  {
    name: 'a decoy with the same first and last line',
    current: 'begin()\n  other()\nend()\n',
    blocks: [['begin()\n  mine()\nend()\n', 'x\n']],
    reason: /does not stand/,
  },
  {
    name: 'a part of a line',
    current: 'call(first, second)\n',
    blocks: [['call(first\n', 'x\n']],
    reason: /does not stand/,
  },
  {
    name: 'lines that moved against each other',
    current: 'if alpha:\n  beta_is_called()\n',
    blocks: [['if alpha:\n      beta_is_called()\nx\n', 'y\n']],
    reason: /does not stand/,
  },
  {
    name: 'a short line at another depth',
    current: 'if x:\n    pass\n',
    blocks: [['pass\n', 'run()\n']],
    reason: /does not stand/,
  },
  {
    name: 'a new line with too little indentation',
    current: 'first_call(1)\nsecond_call(2)\n',
    blocks: [['  first_call(1)\n  second_call(2)\n', '  first_call(1)\nx()\n  second_call(2)\n']],
    reason: /indentation/,
  },
  {
    name: 'one bad block among good ones',
    current: 'a\nb\n',
    blocks: [
      ['a\n', 'A\n'],
      ['zzz\n', 'x\n'],
    ],
    reason: /block 2/,
  },
  {
    name: 'blocks for a file that is not there',
    current: undefined,
    blocks: [['a\n', 'b\n']],
    reason: /no such file/,
  },
  { name: 'an empty SEARCH on a file with text', current: 'a\n', blocks: [['', 'b\n']], reason: /empty/ },
  {
    name: 'a SEARCH of blank lines',
    current: 'a\n\nb\n',
    blocks: [
      ['a\n', 'c\n'],
      ['\n', 'x\n'],
    ],
    reason: /does not stand/,
  },
];

describe('edits that cannot be placed', () => {
  for (const { name, current, blocks, reason, lines } of refusals) {
    it(`refuses ${name}`, () => {
      const outcome = applyBlocks(current, ...blocks);
      assert.match(textOf(outcome), reason);
      if (lines === undefined || outcome.kind !== 'refused') return;
      assert.deepEqual(
        outcome.candidates.map((candidate) => candidate.line),
        lines,
      );
    });
  }

  it('shows the nearest places with their text', () => {
    const current = 'def a():\n    x = 1\n    return x\n\n\ndef b():\n    x = 1\n    return -x\n';
    const outcome = applyBlocks(current, ['def b():\n    x = 2\n    return -x\n', 'y\n']);
    assert.equal(
      outcome.kind === 'refused' ? outcome.candidates[0]?.text : '',
      'def b():\n    x = 1\n    return -x',
    );
    assert.equal(outcome.kind === 'refused' ? outcome.candidates[0]?.line : -1, 5);
    const spelled = applyBlocks('const colour = mix(red, blue);\n', [
      'const color = mix(red, blue);\n',
      'x\n',
    ]);
    assert.equal(spelled.kind === 'refused' ? spelled.candidates[0]?.line : -1, 0);
  });
});
