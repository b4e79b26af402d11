import assert from 'node:assert/strict';
import type { ReviewFinding } from '../../server/protocol/testDisplay.ts';
import { AnsweredFindings } from './answeredFindings.ts';

function createState(): ConstructorParameters<typeof AnsweredFindings>[0] {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (name: string) => values.get(name),
    update: async (name: string, value: unknown) => void values.set(name, value),
  } as ConstructorParameters<typeof AnsweredFindings>[0];
}

function finding(id: string, message: string, line = 1): ReviewFinding {
  const range = { start: { line, character: 0 }, end: { line, character: 4 } };
  return {
    id,
    folder: '/w',
    run: id,
    path: 'a.js',
    range,
    severity: 'warning',
    message,
    rule: 'review',
    code: 'review',
  };
}

describe('AnsweredFindings', () => {
  it('keeps away what a later review says again, also after a reload and at another line', async () => {
    const state = createState();
    await new AnsweredFindings(state).dismiss(finding('run-1:0', 'No limit.'));
    const answered = new AnsweredFindings(state);
    assert.ok(answered.has(finding('run-1:0', 'No limit.')));
    assert.ok(answered.has(finding('run-2:3', 'No limit.', 9)));
    assert.ok(!answered.has(finding('run-2:4', 'Another one.')));
    assert.ok(!answered.has({ ...finding('run-2:5', 'No limit.'), path: 'b.js' }));
  });

  it('shows again what was applied and is found again', async () => {
    const answered = new AnsweredFindings(createState());
    await answered.add('run-1:0');
    assert.ok(answered.has(finding('run-1:0', 'No limit.')));
    assert.ok(!answered.has(finding('run-2:0', 'No limit.')));
  });
});
