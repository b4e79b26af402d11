import assert from 'node:assert/strict';
import { isTraceable } from './traceFilter.ts';

describe('isTraceable', () => {
  for (const [line, expected] of [
    ["Sending notification 'codegenLab/fileSaved'.\nParams: {}", true],
    ["Received request 'codegenLab/readSecret - (3)'.\nParams: {}", false],
    ['Sending response \'codegenLab/readSecret - (3)\'.\nResult: { "value": "sk-1" }', false],
    ['{"type":"send-response","message":{"id":3,"result":{"value":"sk-1"}}}', false],
    ['  {"type":"send-response"}', false],
  ] as const) {
    it(`${expected ? 'shows' : 'leaves out'} ${JSON.stringify(line)}`, () =>
      assert.equal(isTraceable(line), expected));
  }
});
