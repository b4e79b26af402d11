import assert from 'node:assert/strict';
import { removeMachine } from './removeMachine.ts';

const roots = ['/home/me/project', '/home/me/.storage/scratch/run-7/tree'];

const cases: readonly [string, string, string][] = [
  ['paths of the workspace', 'at /home/me/project/src/a.py:3', 'at src/a.py:3'],
  [
    'paths of the copy',
    'File "/home/me/.storage/scratch/run-7/tree/tests/a.py", line 3',
    'File "tests/a.py", line 3',
  ],
  ['file URLs', 'at fn (file:///home/me/project/src/a.js:3:5)', 'at fn (src/a.js:3:5)'],
  ['the folder itself', 'rootdir: /home/me/project', 'rootdir: .'],
  ['a folder that only begins alike', '/home/me/project-two/a.py', '…/a.py'],
  ['paths elsewhere', 'File "/usr/lib/python3.11/json/decoder.py", line 2', 'File "…/decoder.py", line 2'],
  ['temporary folders', "open('/tmp/pytest-of-me/pytest-3/test_x0/out.txt')", "open('…/out.txt')"],
  ['Windows paths', 'at C:\\Users\\me\\x\\a.js:3', 'at …/a.js:3'],
  ['addresses', '<Foo object at 0x7f3a9c01d2e0>', '<Foo object at 0x…>'],
  ['durations', '3 failed in 0.12s', '3 failed in …'],
  ['ports', 'connect ECONNREFUSED 127.0.0.1:43211', 'connect ECONNREFUSED 127.0.0.1:…'],
  [
    "the runner's own frames",
    'Error: x\n    at f (/home/me/project/a.js:1:2)\n    at Test.runInAsyncScope (node:async_hooks:206:9)\n    at async Test.run (node:internal/test_runner/test:640:9)\n  duration_ms: 1.5',
    'Error: x\n    at f (a.js:1:2)',
  ],
  [
    'nothing of ordinary text',
    'expected 3 in 5, got 0xff at src/home/a and https://x.org/tmp/y',
    'expected 3 in 5, got 0xff at src/home/a and https://x.org/tmp/y',
  ],
];

describe('removeMachine', () => {
  for (const [name, text, expected] of cases) {
    it(`takes out ${name}`, () => assert.equal(removeMachine(text, roots), expected));
  }
});
