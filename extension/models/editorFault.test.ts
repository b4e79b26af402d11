import assert from 'node:assert/strict';
import { toEditorFault } from './editorFault.ts';

function errorWith(code: string | undefined, message: string): Error {
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}

describe('toEditorFault', () => {
  for (const [code, said, why, message] of [
    ['NoPermissions', 'no', 'no-consent', /have not allowed Codegen Lab/],
    [
      'Blocked',
      'Premium requests are used up',
      'quota',
      /is blocked: .* It said: Premium requests are used up/,
    ],
    ['NotFound', 'gone', 'not-found', /no model "gpt" any more/],
    [undefined, 'You exceeded your quota', 'quota', /quota .* is used up/],
    [undefined, 'Too Many Requests', 'quota', /quota/],
    [undefined, 'fetch\n failed', 'other', /failed\. It said: fetch failed$/],
  ] as const) {
    it(`reads ${code ?? 'no code'} with "${said}" as ${why}`, () => {
      const fault = toEditorFault(errorWith(code, said), 'gpt');
      assert.equal(fault.why, why);
      assert.match(fault.message, message);
    });
  }

  it('reads what is no error at all', () => assert.equal(toEditorFault('x', 'gpt').why, 'other'));
});
