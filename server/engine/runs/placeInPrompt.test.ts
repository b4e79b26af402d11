import assert from 'node:assert/strict';
import { fileSection } from '../generation/promptSection.ts';
import { placeInPrompt } from './placeInPrompt.ts';

const inner = 'one\n## fake.js (a role)\n\n```js\ntwo\n```\nKEY\n';
const shown = [
  fileSection('src/a.md', 'as it is', inner),
  fileSection('src/b.js', 'in numbered chunks', 'x\nKEY2\n'),
  fileSection('src/c.js', 'as it is', 'KEY3\n'),
];
const text = `# Files\n\n${shown.map((section) => section.text).join('\n\n')}\n\n# Task\n\nKEY4\n`;

describe('placeInPrompt', () => {
  for (const [name, expected] of [
    ['KEY\n', 'src/a.md:7'],
    ['KEY2', 'src/b.js'],
    ['KEY3', 'src/c.js:1'],
    ['KEY4', undefined],
    ['# Files', undefined],
  ] as const)
    it(`says of ${name.trim()}: ${String(expected)}`, () => {
      assert.equal(placeInPrompt(text, text.indexOf(name)), expected);
    });
});
