import assert from 'node:assert/strict';
import type { Finding } from '../../protocol/text.ts';
import { check, type Given } from '../../test/checkedFile.ts';

const show = ({ severity, range, message }: Finding): string =>
  `${severity} ${range.start.line}:${range.start.character}-${range.end.line}:${range.end.character} ${message}`;

const text = 'import x\n// TODO one\nlet y = 1; // TODO two ok\n';

describe('checkFile', () => {
  const cases: readonly (readonly [title: string, given: Given, findings: readonly string[]])[] = [
    [
      'reports matches in lines that changed',
      {
        action: ['type: validate', 'conditions: [{pattern: TODO, target: changed, message: Later.}]'],
        text,
        before: 'import x\n// TODO one\nlet y = 1;\n',
      },
      ['warning 2:14-2:18 Later.'],
    ],
    [
      'misses what lines that changed lack',
      {
        action: [
          'type: validate',
          'conditions: [{pattern: test, target: changed, must: present, message: No test.}]',
        ],
        text,
        before: 'import x\n',
      },
      ['warning 0:0-0:8 No test.'],
    ],
    ...['validate', 'reject'].flatMap((type) =>
      [undefined, text].map((before): readonly [string, Given, readonly string[]] => [
        `says nothing of changes where ${before === undefined ? 'they are not known' : 'nothing changed'} (${type})`,
        {
          action: [
            `type: ${type}`,
            'conditions: [{pattern: TODO, target: changed, message: Later.}, {pattern: no, target: changed, must: present}]',
          ],
          text,
          ...(before === undefined ? {} : { before }),
        },
        [],
      ]),
    ),
    [
      'reports each match of a condition with its own message',
      { action: ['type: validate', 'conditions:', '  - {pattern: TODO, message: Do it.}'], text },
      ['warning 1:3-1:7 Do it.', 'warning 2:14-2:18 Do it.'],
    ],
    [
      'reports a reject as an error',
      { action: ['type: reject', 'conditions:', '  - {pattern: let, message: No.}'], text },
      ['error 2:0-2:3 No.'],
    ],
    [
      'reports a suggestion with conditions as an information',
      { action: ['type: suggest', 'conditions:', '  - {pattern: let, message: Use const.}'], text },
      ['information 2:0-2:3 Use const.'],
    ],
    [
      'reports nothing for a suggestion without conditions',
      { action: ['type: suggest', 'message: Be kind.'], text },
      [],
    ],
    [
      'uses the severity that is written, except for a reject',
      {
        action: [
          'type: validate',
          'severity: hint',
          'conditions:',
          '  - {pattern: let, message: a}',
          '  - {pattern: import, message: b, severity: error}',
        ],
        text,
      },
      ['error 0:0-0:6 b', 'hint 2:0-2:3 a'],
    ],
    [
      'keeps a reject an error',
      { action: ['type: reject', 'severity: hint', 'conditions:', '  - {pattern: let, message: a}'], text },
      ['error 2:0-2:3 a'],
    ],
    [
      'leaves out matches in whose lines the negative pattern is found',
      {
        action: [
          'type: validate',
          'conditions:',
          '  - {pattern: TODO, negative_pattern: ok, message: Do it.}',
        ],
        text,
      },
      ['warning 1:3-1:7 Do it.'],
    ],
    [
      'misses what should stand in the file at all',
      {
        action: [
          'type: validate',
          'conditions:',
          '  - {negative_pattern: copyright, message: Say whose it is.}',
        ],
        text,
      },
      ['warning 0:0-0:8 Say whose it is.'],
    ],
    [
      'is content when the negative pattern alone is found',
      { action: ['type: validate', 'conditions:', '  - {negative_pattern: import, message: x}'], text },
      [],
    ],
    [
      'says once at the top that something is missing',
      {
        action: [
          'type: validate',
          'conditions:',
          '  - {pattern: describe, must: present, message: No test.}',
        ],
        text,
      },
      ['warning 0:0-0:8 No test.'],
    ],
    [
      'is content when it is present',
      { action: ['type: validate', 'conditions:', '  - {pattern: import, must: present, message: x}'], text },
      [],
    ],
    [
      'looks at the path',
      {
        action: [
          'type: reject',
          'conditions:',
          '  - {pattern: "^(?!\\\\.\\\\/lib\\\\/)", message: Belongs into lib.}',
        ],
        text,
      },
      ['error 0:0-0:8 Belongs into lib.'],
    ],
    [
      'is content with the right path',
      {
        action: ['type: reject', 'conditions:', '  - {pattern: "^(?!\\\\.\\\\/src\\\\/)", message: x}'],
        text,
      },
      [],
    ],
    [
      'looks at the path when told so',
      {
        action: ['type: validate', 'conditions:', '  - {pattern: "/src/", target: path, message: In src.}'],
        text,
      },
      ['warning 0:0-0:8 In src.'],
    ],
    [
      'joins conditions without a message',
      {
        action: [
          'type: validate',
          'message: Both.',
          'conditions:',
          '  - {pattern: import}',
          '  - {pattern: let}',
        ],
        text,
      },
      ['warning 0:0-0:6 Both.'],
    ],
    [
      'says nothing when one of the joined does not hold',
      {
        action: [
          'type: validate',
          'message: x',
          'conditions:',
          '  - {pattern: import}',
          '  - {pattern: var}',
        ],
        text,
      },
      [],
    ],
    [
      'turns a negated condition round',
      {
        action: [
          'type: validate',
          'message: Without var.',
          'conditions:',
          '  - {pattern: var, negated: true}',
          '  - {pattern: let}',
        ],
        text,
      },
      ['warning 2:0-2:3 Without var.'],
    ],
    [
      'names the rule where no message is',
      { action: ['type: validate', 'conditions:', '  - {pattern: let}'], text },
      ['warning 2:0-2:3 The rule “r” finds this.'],
    ],
    [
      'limits a condition to paths',
      {
        action: [
          'type: validate',
          'conditions:',
          '  - {pattern: let, file_pattern: "\\\\.py$", message: x}',
          '  - {pattern: let, location: [src, a], message: y}',
        ],
        text,
      },
      ['warning 2:0-2:3 y'],
    ],
    [
      'marks a character where the match is empty',
      { action: ['type: validate', 'conditions:', '  - {pattern: "(?=y = )", message: x}'], text },
      ['warning 2:4-2:5 x'],
    ],
    [
      'counts columns in CRLF texts',
      { action: ['type: validate', 'conditions:', '  - {pattern: "b$", message: x}'], text: 'a\r\nab\r\n' },
      ['warning 1:1-1:2 x'],
    ],
    [
      'looks only at files of its globs',
      {
        keys: ['globs: "**/*.py"'],
        action: ['type: validate', 'conditions:', '  - {pattern: let, message: x}'],
        text,
      },
      [],
    ],
    [
      'does not look at dependencies',
      {
        path: 'node_modules/a.ts',
        action: ['type: validate', 'conditions:', '  - {pattern: let, message: x}'],
        text,
      },
      [],
    ],
    [
      'leaves rules for commits alone',
      {
        keys: ['on: commit'],
        action: ['type: validate', 'conditions:', '  - {pattern: let, message: x}'],
        text,
      },
      [],
    ],
    [
      'asks them about staged files',
      {
        keys: ['on: commit'],
        moment: 'commit',
        action: ['type: validate', 'conditions:', '  - {pattern: let, message: x}'],
        text,
      },
      ['warning 2:0-2:3 x'],
    ],
    [
      'leaves inactive rules alone',
      {
        keys: ['enabled: false'],
        action: ['type: validate', 'conditions:', '  - {pattern: let, message: x}'],
        text,
      },
      [],
    ],
    [
      'gathers what a block enforces into one hint',
      {
        block: true,
        action: [
          'type: enforce',
          'conditions:',
          '  - {pattern: TODO, message: Do it.}',
          '  - {pattern: let, message: x}',
        ],
        text,
      },
      ['hint 1:3-1:7 Do it. (3 places in this file)'],
    ],
    [
      'keeps a severity that a block’s condition has',
      {
        block: true,
        action: ['type: enforce', 'conditions:', '  - {pattern: TODO, severity: high, message: Do it.}'],
        text,
      },
      ['error 1:3-1:7 Do it.', 'error 2:14-2:18 Do it.'],
    ],
    [
      'takes what a block validates for praise',
      {
        block: true,
        action: ['type: validate', 'conditions:', '  - {pattern: let, message: Well done.}'],
        text,
      },
      [],
    ],
    [
      'checks what a block validates with `must`',
      {
        block: true,
        action: ['type: check', 'conditions:', '  - {pattern: let, must: absent, message: x}'],
        text,
      },
      ['warning 2:0-2:3 x'],
    ],
  ];
  for (const [title, given, findings] of cases) {
    it(title, async () => assert.deepEqual((await check(given)).map(show), findings));
  }
});
