import assert from 'node:assert/strict';
import { placeRemark } from './placeRemark.ts';

const code = 'function add(a, b) {\n  return a - b;\n}\n\nadd(1);\nadd(1);\n';

const cases: readonly (readonly [
  title: string,
  text: string,
  quote: string,
  suggestion: string | undefined,
  found: string,
  after?: string,
])[] = [
  ['a line', code, '  return a - b;', undefined, '1:2-1:15'],
  ['a line without its depth', code, 'return a - b;', undefined, '1:2-1:15'],
  ['several lines', code, 'function add(a, b) {\n  return a - b;\n}', undefined, '0:0-2:1'],
  ['empty lines around it', code, '\n  return a - b;\n\n', undefined, '1:2-1:15'],
  ['a part of a line', code, 'add(a, b)', undefined, '0:9-0:18'],
  [
    'a file of Windows',
    code.replaceAll('\n', '\r\n'),
    'function add(a, b) {\n  return a - b;',
    undefined,
    '0:0-1:15',
  ],
  ['a suggestion', code, '  return a - b;', '  return a + b;', '1:2-1:15', code.replace('-', '+')],
  [
    'a suggestion at another depth',
    'if (a) {\n  second(one, two);\n}\n',
    'second(one, two);',
    'second(two, one);',
    '1:2-1:19',
    'if (a) {\n  second(two, one);\n}\n',
  ],
  [
    'a suggestion of more lines in a file of Windows',
    'if (a) {\r\n  b();\r\n}\r\n',
    '  b();',
    '  b();\n  c();',
    '1:2-1:6',
    'if (a) {\r\n  b();\r\n  c();\r\n}\r\n',
  ],
  ['a suggestion to delete', 'a();\nbcd();\ne();\n', 'bcd();', '', '1:0-1:6', 'a();\ne();\n'],
  ['text that is not there', code, 'return a * b;', undefined, 'is not in the file'],
  [
    'text that is nearly there',
    code,
    'function add(a, b) {\n  return a * b;\n}',
    undefined,
    'is not in the file',
  ],
  ['text that is there twice', code, 'add(1);', undefined, 'stands in the file more than once'],
  ['no text', code, ' \n', undefined, 'is empty'],
];

describe('placeRemark', () => {
  for (const [title, text, quote, suggestion, found, after] of cases) {
    it(title, () => {
      const remark = {
        severity: 'warning',
        message: 'x',
        quote,
        ...(suggestion === undefined ? {} : { suggestion }),
      } as const;
      const placed = placeRemark(text, remark);
      if (placed.kind === 'lost') return assert.equal(placed.reason, found);
      const { start, end } = placed.range;
      assert.equal(`${start.line}:${start.character}-${end.line}:${end.character}`, found);
      assert.equal(placed.suggestion?.after, after);
    });
  }
});
