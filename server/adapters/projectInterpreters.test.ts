import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { InterpreterRequest } from '../engine/ports/interpreters.ts';
import { createProjectInterpreters } from './projectInterpreters.ts';

const never = new AbortController().signal;

interface Case {
  readonly title: string;
  /** Below the workspace folder; those in `bin` are on PATH, all are executable. */
  readonly files: Readonly<Record<string, string>>;
  readonly request?: Partial<InterpreterRequest>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Label and program with the workspace folder as `.`; or what a message holds. */
  readonly expected: readonly [string, string] | RegExp;
}

const cases: readonly Case[] = [
  {
    title: 'the environment of the package first',
    files: { 'pkg/.venv/bin/python': '', '.venv/bin/python': '', 'bin/python3': '' },
    expected: ['.venv', './pkg/.venv/bin/python'],
  },
  {
    title: 'then that of the workspace',
    files: { '.venv/bin/python': '', 'bin/python3': '' },
    environment: { VIRTUAL_ENV: './active' },
    expected: ['.venv', './.venv/bin/python'],
  },
  {
    title: 'then the active one',
    files: { 'active/bin/python': '', 'bin/python3': '', 'bin/uv': '', 'pkg/uv.lock': '' },
    environment: { VIRTUAL_ENV: './active' },
    expected: ['VIRTUAL_ENV', './active/bin/python'],
  },
  {
    title: 'then uv where there is a lock file of it',
    files: { 'bin/python3': '', 'bin/uv': '', 'uv.lock': '' },
    expected: ['uv run', './bin/uv run --frozen python'],
  },
  {
    title: 'without uv the one on PATH',
    files: { 'bin/python3': '', 'uv.lock': '' },
    expected: ['python3', './bin/python3'],
  },
  {
    title: 'the wished one before all',
    files: { 'mine/py': '', '.venv/bin/python': '' },
    request: { wish: './mine/py' },
    expected: ['./mine/py', './mine/py'],
  },
  {
    title: 'nothing for a wish that is not there',
    files: { '.venv/bin/python': '' },
    request: { wish: '/nowhere/python' },
    expected: /\/nowhere\/python \(codegenLab\.tests\.pythonPath\) cannot be executed/u,
  },
  {
    title: 'no Python',
    files: {},
    expected: /No Python was found/u,
  },
  {
    title: 'the program of a package, from the folder in which it runs',
    files: { 'bin/node': '', 'pkg/node_modules/vitest/package.json': '{"bin":{"vitest":"./vitest.mjs"}}' },
    request: { language: 'node', npmPackage: 'vitest' },
    expected: ['vitest of node_modules', './bin/node node_modules/vitest/vitest.mjs'],
  },
  {
    title: 'that of a package above',
    files: { 'bin/node': '', 'node_modules/mocha/package.json': '{"bin":"bin/mocha.js"}' },
    request: { language: 'node', npmPackage: 'mocha' },
    expected: ['mocha of node_modules', './bin/node ../node_modules/mocha/bin/mocha.js'],
  },
  {
    title: 'what to install where a package is missing',
    files: { 'bin/node': '', 'node_modules/jest/package.json': '{"bin":' },
    request: { language: 'node', npmPackage: 'jest' },
    expected: /jest is not installed in this package.*npm install --save-dev jest/u,
  },
  {
    title: 'the tool of Go',
    files: { 'bin/go': '' },
    request: { language: 'go' },
    expected: ['go', './bin/go'],
  },
  {
    title: 'what to install where a tool is missing',
    files: {},
    request: { language: 'rust' },
    expected: /cargo was not found on PATH\. Install Rust/u,
  },
];

describe('The interpreter of a project', function () {
  if (process.platform === 'win32') return;
  let root = '';
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'codegen-lab-interpreters-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), 0o755);
  };
  const absolute = (text: string): string => text.replace(/^\.\//u, `${root}/`);

  for (const { title, files, request, environment = {}, expected } of cases)
    it(`is ${title}`, async () => {
      mkdirSync(join(root, 'pkg'));
      for (const [path, text] of Object.entries(files)) put(path, text);
      const given = Object.entries(environment).map(([name, value]) => [name, absolute(value)] as const);
      const interpreters = createProjectInterpreters({
        PATH: join(root, 'bin'),
        ...Object.fromEntries(given),
      });
      const found = await interpreters.find(
        {
          language: 'python',
          root,
          folder: join(root, 'pkg'),
          ...request,
          wish: absolute(request?.wish ?? ''),
        },
        never,
      );
      if (expected instanceof RegExp) {
        assert.ok(found.kind === 'missing', JSON.stringify(found));
        assert.match(found.message, expected);
        return;
      }
      assert.ok(found.kind === 'found', JSON.stringify(found));
      const shown = [found.label, found.program.join(' ')].map((text) => text.replaceAll(`${root}/`, './'));
      assert.deepEqual(shown, expected);
    });
});
