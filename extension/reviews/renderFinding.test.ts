import assert from 'node:assert/strict';
import type { ReviewFinding } from '../../server/protocol/testDisplay.ts';
import { renderFinding } from './renderFinding.ts';

const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } };
const finding: ReviewFinding = {
  id: 'r/#1/0',
  folder: '/w',
  run: 'r',
  path: 'a.js',
  range,
  severity: 'warning',
  code: 'review.finding',
  message: 'It subtracts.',
};

describe('renderFinding', () => {
  it('offers what is suggested as a difference', () => {
    const text = renderFinding({
      ...finding,
      fix: { range, replaces: 'a - b;\n', newText: 'a + b;\nc();\n' },
    });
    assert.match(
      text,
      /^It subtracts\\\.\n\n```diff\n- a - b;\n\+ a \+ b;\n\+ c\(\);\n```\n\n\[Apply Suggestion\]\(command:/,
    );
  });

  it('offers nothing to apply where nothing is suggested', () => {
    assert.match(
      renderFinding(finding),
      /^It subtracts\\\.\n\n\[Dismiss\]\(command:codegenLab\.dismissFinding\?[\w%]+\)$/,
    );
  });

  it('lets a model make no link, no image and no end of the code', () => {
    const fix = { range, replaces: 'x', newText: '````\n[run](command:evil)' };
    const text = renderFinding({ ...finding, message: '[run](command:evil) ![x](http://e.vil)', fix });
    assert.doesNotMatch(text.split('`````diff')[0] ?? '', /(?<!\\)\[run(?<!\\)\]\(command/);
    assert.equal(text.split('`````').length, 3);
  });
});
