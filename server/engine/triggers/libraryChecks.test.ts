import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import { latePatterns } from '../../test/scriptPatterns.ts';
import { parseRuleDocument } from '../rules/parseRuleDocument.ts';
import { checkFile } from './checkFile.ts';

const { signal } = new AbortController();

async function check(rule: string, path: string, text: string): Promise<readonly string[]> {
  const source = readFileSync(new URL(`../../../rules/${rule}.mdc`, import.meta.url), 'utf8');
  const { file } = parseRuleDocument(`builtin:${rule}`, source);
  // No pattern of the library may need the worker: it would be unknown here.
  const request = {
    root: '/w',
    path,
    text,
    rules: [file],
    files: createInMemoryFiles(),
    patterns: latePatterns,
  };
  return (await checkFile(request, signal)).map(({ severity, range }) => `${severity} ${range.start.line}`);
}

describe('deterministic rules of the library', () => {
  const cases: readonly (readonly [rule: string, path: string, text: string, findings: readonly string[]])[] =
    [
      ['no-focused-tests', 'a.test.js', "it.only('a', () => {});\n", ['error 0']],
      ['no-focused-tests', 'a.test.js', "\nfdescribe('a', () => {});\n", ['error 1']],
      ['no-focused-tests', 'a.test.js', "describe.skip('a', () => {});\n", ['warning 0']],
      ['no-focused-tests', 'a.test.js', "it('a', () => {});\nconst only = benefit(1);\n", []],
      ['no-focused-tests', 'test_a.py', '@pytest.mark.skip\ndef test_a(): ...\n', ['warning 0']],
      ['no-focused-tests', 'test_a.py', "@pytest.mark.skip(reason='slow')\ndef test_a(): ...\n", []],
      ['no-focused-tests', 'a.js', "it.only('a', () => {});\n", []],
      ['no-leftovers', 'a.js', 'a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n', ['error 1', 'error 5']],
      ['no-leftovers', 'a.ts', 'if (a) {\n  debugger;\n}\n', ['warning 1']],
      ['no-leftovers', 'a.py', 'def f():\n    breakpoint()\n', ['warning 1']],
      ['no-leftovers', 'a.js', "const text = 'debugger; <<<<<<< ';\n", []],
    ];
  for (const [rule, path, text, findings] of cases) {
    it(`${rule} finds ${findings.length} in ${JSON.stringify(text.slice(0, 40))} of ${path}`, async () =>
      assert.deepEqual(await check(rule, path, text), findings));
  }
});
