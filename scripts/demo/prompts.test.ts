import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { composeEngine } from '../../server/composeEngine.ts';
import type { RunningEngine } from '../../server/engine/engine.ts';
import { answerWith } from '../../server/test/fakeModelServer/fakeReply.ts';
import {
  startFakeModelServer,
  type FakeModelServer,
} from '../../server/test/fakeModelServer/fakeModelServer.ts';
import { neverAborted, plainSettings } from '../../server/test/sliceWorkspace.ts';
import { findProgram } from '../host/findProgram.ts';
import { applyChange, createWorkspace, type DemoWorkspace } from './createWorkspace.ts';
import { demoPackages, type DemoPackage } from './demoPackages.ts';

const root = join(import.meta.dirname, '..', '..');
const systemNode = process.env['CODEGEN_LAB_SYSTEM_NODE'] ?? process.execPath;

/** A machine on which the demo may run. */
interface Machine {
  readonly folder: string;
  readonly node: string;
  /** Added to what the clock says, in milliseconds. */
  readonly later: number;
}

/** Red in two ways: an error out of the package's own code, and a value that is not the expected one. */
const redAnswers = {
  js: [
    'test/index.generated.test.js',
    '```js',
    "'use strict'",
    '',
    "const test = require('node:test')",
    "const assert = require('node:assert/strict')",
    "const forwarded = require('../index.js')",
    '',
    "test('should take nothing', () => forwarded())",
    '',
    "test('should drop the port', () => {",
    "  const req = { socket: { remoteAddress: '127.0.0.1' }, headers: { 'x-forwarded-for': '10.0.0.1:80' } }",
    "  assert.deepEqual(forwarded(req), ['127.0.0.1', '10.0.0.1:80'])",
    '})',
    '```',
  ],
  python: [
    'test_inflection_generated.py',
    '```python',
    'import inflection',
    '',
    '',
    'def test_parameterize_takes_nothing():',
    '    inflection.parameterize(None)',
    '',
    '',
    'def test_parameterize_cuts():',
    '    assert inflection.parameterize("one two", max_length=5) == "one-t"',
    '```',
  ],
} as const;

describe('the prompts of the demo', function () {
  this.timeout(60_000);
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-prompts-')));
  after(() => rmSync(base, { recursive: true, force: true, maxRetries: 3 }));

  const here: Machine = { folder: join(base, 'a'), node: process.execPath, later: 0 };
  const elsewhere: Machine = {
    folder: join(base, 'a second', 'deeper.folder'),
    node: systemNode,
    later: 400 * 24 * 3_600_000,
  };

  for (const demo of demoPackages) {
    it(`are the same bytes in another folder, at another time, on another Node: ${demo.source}`, async () => {
      const asked = await askTwice(demo, here);
      assert.equal(asked.length, 2, 'the prompt, and what failed');
      const again = await askTwice(demo, elsewhere);
      assert.deepEqual(differingLines(again, asked), []);
      assert.deepEqual(again, asked);
      for (const text of asked) assert.ok(!text.includes(base), 'no prompt tells where it was built');
    });
  }
});

/** Lines that only one side has: a failure shows these, and not two prompts of some hundred lines. */
function differingLines(texts: readonly string[], others: readonly string[]): readonly string[] {
  const linesOf = (all: readonly string[]) => new Set(all.flatMap((text) => text.split('\\n')));
  return [...without(linesOf(texts), linesOf(others)), ...without(linesOf(others), linesOf(texts))];
}

function without(lines: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...lines].filter((line) => !others.has(line));
}

/** The texts of both questions: the first, and the one that follows a red answer. */
async function askTwice(demo: DemoPackage, machine: Machine): Promise<readonly string[]> {
  const models = await startFakeModelServer([answerWith(redAnswers[demo.language].join('\n'))]);
  const now = Date.now;
  Date.now = () => now() + machine.later;
  const workspace = createWorkspace({ root, python: undefined }, demo, machine.folder);
  applyChange(workspace);
  const running = compose(machine, models, demo);
  try {
    await runRule(running, workspace);
    return models.requests.map(({ body }) => JSON.stringify(body['messages'], undefined, 1));
  } finally {
    Date.now = now;
    await running.engine.dispose();
    await models.close();
  }
}

async function runRule({ engine }: RunningEngine, { folder, demo, edit }: DemoWorkspace): Promise<void> {
  await engine.openFolder(folder, neverAborted);
  const request = { root: folder, rule: demo.rule, path: edit.file };
  const { view } = await engine.runRule(request, neverAborted);
  assert.ok(view);
  await engine.approve(folder, [view], true);
  await engine.runRule(request, neverAborted);
}

function compose({ folder, node }: Machine, models: FakeModelServer, demo: DemoPackage): RunningEngine {
  const silent = (): void => undefined;
  return composeEngine({
    storage: join(folder, 'storage'),
    settings: {
      ...plainSettings,
      ai: { enabled: true, provider: 'vllm', model: 'scripted', baseUrl: models.openaiUrl },
      rules: {
        builtin: [demo.rule],
        folders: [],
        dialects: [],
        problems: {},
        eventsOff: [],
        enabled: true,
        quietHours: true,
        byFolder: {},
      },
      // The folder of another Node may hold another Python, whose tracebacks differ.
      tests: { ...plainSettings.tests, pythonPath: findProgram(['python3']) ?? '' },
    },
    trusted: true,
    interactive: false,
    builtinRules: join(root, 'rules'),
    environment: { ...process.env, PATH: [dirname(node), process.env['PATH']].join(delimiter) },
    secrets: { read: () => Promise.resolve(undefined) },
    terminal: { open: () => ({ write: silent, close: silent, stopped: neverAborted }) },
    log: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  });
}
