import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createDiskEdits } from '../../adapters/diskEdits.ts';
import { DiskFiles } from '../../adapters/diskFiles.ts';
import { nodeCommand, ruleOf, runAct, withRule } from '../actionSlice.ts';
import {
  answer,
  head,
  passing,
  rulePath,
  ruleWith,
  run,
  source,
  usual,
  withSampleSlice,
} from '../sampleSlice.ts';
import { neverAborted, plainSettings, type Slice } from '../sliceWorkspace.ts';
import { runCommandLine } from './commandLineProcess.ts';
import { describeRows } from './describeRows.ts';
import { differences, treeOf } from './watchedWorld.ts';

const canary = 'canary-beside-the-workspace';
const green = answer(usual, ...head, passing);

/** Red in words of its own: a model that comes to the same result twice is not asked again. */
const redTest = (at: number): string => `test('red ${at}', () => assert.fail('red ${at}'));`;

/** A folder beside the workspace with a file that nobody may read or change. */
function makeOutside({ home }: Slice): string {
  const outside = join(home, 'outside');
  mkdirSync(join(outside, 'test'), { recursive: true });
  writeFileSync(join(outside, 'precious'), canary);
  return outside;
}

const sent = ({ models }: Slice): string => models.requests.map(({ text }) => text).join('\n');

describeRows('P: paths and files', [
  {
    id: 'P01',
    input:
      'a model answers with paths that leave the folder: dots, absolute, encoded, NUL, URLs, drives, streams',
    outcome: 'refused; nothing but the file that was asked for is written',
    holds: () => {
      const places = [
        '../../etc/x',
        '/etc/codegen-lab-x',
        'a/../../x',
        '..%2fx',
        String.raw`..\x`,
        'x\0.js',
        'file:///tmp/codegen-lab-x',
        '//server/share/x',
        'C:/x',
        'test/x.js::$DATA',
        '~/x',
      ];
      const script = [...places.map((place, at) => answer(place, ...head, redTest(at))), green];
      const limits = { ...plainSettings.limits, attempts: 20, tokensPerRun: 10_000_000 };
      return withSampleSlice({ script, settings: { approval: 'auto', limits } }, async (slice) => {
        const before = treeOf(slice.home);
        const result = await run(slice);
        assert.equal(result.outcome, 'landed', result.message);
        assert.deepEqual(differences(before, treeOf(slice.home)), [`workspace/${usual}`]);
      });
    },
  },
  {
    id: 'P01',
    input: 'a rule names such paths as its context, its text includes them',
    outcome: 'nothing of them reaches the model',
    holds: () =>
      withSampleSlice(
        {
          script: [green],
          files: {
            [rulePath]: `${ruleWith("context: ['../outside/precious', '../**', '/etc/hostname', 'src/../../outside/*']")}@../outside/precious\n@file:../outside/precious\n`,
          },
        },
        async (slice) => {
          makeOutside(slice);
          await slice.running.engine.reloadRules(slice.root, 'all', neverAborted);
          await run(slice);
          assert.ok(!sent(slice).includes(canary));
        },
      ),
  },
  ...(
    [
      [
        'its folder is a link that leads out',
        (root, outside) => {
          rmSync(join(root, 'test'), { recursive: true });
          symlinkSync(join(outside, 'test'), join(root, 'test'));
        },
      ],
      [
        'it is a link to a file outside',
        (root, outside) => symlinkSync(join(outside, 'precious'), join(root, usual)),
      ],
      [
        'it is a link to nothing yet',
        (root, outside) => symlinkSync(join(outside, 'new'), join(root, usual)),
      ],
    ] satisfies readonly (readonly [string, (root: string, outside: string) => void])[]
  ).map(([what, arrange]) => ({
    id: 'P03',
    input: `the command line lands an edit, and ${what}`,
    outcome: 'refused, what it leads to is as it was',
    holds: (): Promise<void> =>
      withSampleSlice({ script: [green] }, async (slice) => {
        const outside = makeOutside(slice);
        arrange(slice.root, outside);
        const before = treeOf(slice.home);
        const words = ['run', '--rule', 'generate-tests', source, '--trust', '--apply'];
        const variables = { CODEGEN_LAB_CONFIG_APPROVAL: 'auto' };
        const end = await runCommandLine(slice, words, { variables });
        assert.notEqual(end.code, 0, end.text);
        assert.deepEqual(differences(before, treeOf(slice.home)), []);
      }),
  })),
  {
    id: 'P04',
    input: 'a test that a model wrote makes its folder a link that leads out, then the edit lands',
    outcome: 'nothing outside is written',
    only: 'linux',
    holds: async () => {
      const escape = [
        "import { renameSync, symlinkSync } from 'node:fs';",
        "test('swaps', () => { renameSync('test', 'gone'); symlinkSync('../outside/test', 'test'); assert.equal(formatDuration(0), '0ms'); });",
      ];
      await withSampleSlice(
        { script: [answer(usual, ...head, ...escape)], settings: { approval: 'auto' } },
        async (slice) => {
          const outside = makeOutside(slice);
          await run(slice);
          assert.deepEqual(readdirSync(join(outside, 'test')), []);
        },
      );
    },
  },
  {
    id: 'P04',
    input: 'a confined command puts links that lead out among what it proposes',
    outcome: 'no link lands, nothing outside is written',
    only: 'linux',
    holds: () =>
      withRule(
        ruleOf(
          '- type: run',
          '  sandbox: true',
          `  ${nodeCommand('const fs = require("fs"); fs.symlinkSync("../outside/precious", "src/link.js"); fs.symlinkSync("../outside", "out")')}`,
        ),
        async (slice) => {
          makeOutside(slice);
          const before = treeOf(slice.home);
          await runAct(slice);
          assert.deepEqual(differences(before, treeOf(slice.home)), []);
        },
        { settings: { approval: 'auto' } },
      ),
  },
  {
    id: 'P05',
    input: 'a folder is swapped for a link again and again while 200 edits land in it',
    outcome: 'nothing outside is written',
    holds: async () => {
      const base = mkdtempSync(join(tmpdir(), 'codegen-lab-swaps-'));
      const [root, outside] = [join(base, 'root'), join(base, 'outside')] as const;
      mkdirSync(join(root, 'spec'), { recursive: true });
      mkdirSync(outside);
      const swapper = new Worker(
        `const fs = require('node:fs'); const { workerData: [folder, away, outside] } = require('node:worker_threads');
         const quietly = (work) => { try { work(); } catch {} };
         for (;;) { quietly(() => fs.renameSync(folder, away)); quietly(() => fs.symlinkSync(outside, folder)); quietly(() => fs.unlinkSync(folder)); quietly(() => fs.renameSync(away, folder)); }`,
        { eval: true, workerData: [join(root, 'spec'), join(base, 'away'), outside] },
      );
      try {
        const edits = createDiskEdits(new DiskFiles());
        let landed = 0;
        let round = 0;
        // On until one of them met a swap, however slow the other thread is here.
        for (; round < 200 || (landed === round && round < 20_000); round += 1) {
          const files = [{ path: `spec/new-${round}.js`, after: 'x' }];
          const end = await edits.land({ run: 'r', root, title: '', files }, neverAborted);
          if (end.kind === 'landed') landed += 1;
        }
        assert.deepEqual(readdirSync(outside), []);
        assert.ok(landed < round, 'no landing met a swap');
      } finally {
        await swapper.terminate();
        rmSync(base, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  },
  {
    id: 'P08',
    input: 'a file that is saved, and a file of the context, are links to what may hold secrets',
    outcome: 'nothing of it reaches the model',
    holds: () =>
      withSampleSlice(
        {
          script: [green],
          files: { '.env': canary, [rulePath]: ruleWith("context: ['notes.txt', 'deep/*']") },
        },
        async (slice) => {
          makeOutside(slice);
          symlinkSync('.env', join(slice.root, 'notes.txt'));
          symlinkSync('../.env', join(slice.root, 'src/env.js'));
          symlinkSync('../outside/precious', join(slice.root, 'src/out.js'));
          mkdirSync(join(slice.root, 'deep'));
          symlinkSync('../../outside', join(slice.root, 'deep/folder'));
          await run(slice);
          const { engine } = slice.running;
          for (const path of ['src/env.js', 'src/out.js'])
            await engine.runRule({ root: slice.root, rule: 'generate-tests', path }, neverAborted);
          assert.ok(slice.models.requests.length > 0);
          assert.ok(!sent(slice).includes(canary));
        },
      ),
  },
  {
    id: 'P09',
    input: 'the second of the files of an edit lies on a disk that is read-only',
    outcome: 'none of them is written, and the run says so',
    only: 'linux',
    holds: () =>
      withRule(
        ruleOf(
          '- type: run',
          '  sandbox: true',
          `  ${nodeCommand('const fs = require("fs"); fs.writeFileSync("src/a.js", "new"); fs.writeFileSync("zip/b.js", "new")')}`,
        ),
        async (slice) => {
          const before = treeOf(slice.root);
          const closed = join(slice.root, 'zip');
          const wrapper = ['/usr/bin/bwrap', '--dev-bind', '/', '/', '--ro-bind', closed, closed, '--'];
          const words = ['run', '--rule', 'act', 'src/a.js', '--trust', '--apply'];
          const variables = { CODEGEN_LAB_CONFIG_APPROVAL: 'auto' };
          const end = await runCommandLine(slice, words, { wrapper, variables });
          assert.notEqual(end.code, 0, end.text);
          assert.match(end.text, /zip\/b\.js|read-only|EROFS/u);
          assert.deepEqual(differences(before, treeOf(slice.root)), []);
          const again = await runCommandLine(slice, words, { variables });
          assert.equal(again.code, 0, again.text);
          assert.deepEqual(differences(before, treeOf(slice.root)), ['src/a.js', 'zip/b.js']);
        },
        { files: { 'zip/b.js': 'old' } },
      ),
  },
  {
    id: 'P09',
    input: 'the second of the files of an edit lies on a disk that is full',
    outcome: 'none of them is written, and the run says so',
    only: 'linux',
    holds: () =>
      withRule(
        ruleOf(
          '- type: run',
          '  sandbox: true',
          `  ${nodeCommand('const fs = require("fs"); fs.writeFileSync("src/a.js", "new"); fs.mkdirSync("zip", { recursive: true }); fs.writeFileSync("zip/b.js", "b".repeat(200_000))')}`,
        ),
        async (slice) => {
          const full = join(slice.root, 'zip');
          mkdirSync(full);
          const before = treeOf(slice.root);
          const wrapper = [
            '/usr/bin/bwrap',
            '--dev-bind',
            '/',
            '/',
            '--size',
            '65536',
            '--tmpfs',
            full,
            '--',
          ];
          const words = ['run', '--rule', 'act', 'src/a.js', '--trust', '--apply'];
          const variables = { CODEGEN_LAB_CONFIG_APPROVAL: 'auto' };
          const end = await runCommandLine(slice, words, { wrapper, variables });
          assert.notEqual(end.code, 0, end.text);
          assert.match(end.text, /ENOSPC|no space/iu);
          assert.deepEqual(differences(before, treeOf(slice.root)), []);
        },
      ),
  },
  {
    id: 'P10',
    input: 'a link in the folder leads to a folder with rules, tests and code',
    outcome: 'no rule, no test and no file behind it counts',
    holds: () =>
      withRule(
        ruleOf('- type: reject', '  conditions:', '    - pattern: canary', '      message: no'),
        async (slice) => {
          const outside = makeOutside(slice);
          mkdirSync(join(outside, '.cursor/rules'), { recursive: true });
          writeFileSync(join(outside, '.cursor/rules/evil.mdc'), ruleOf('- type: run', '  command: [id]'));
          writeFileSync(join(outside, 'bad.js'), `// ${canary}\n`);
          writeFileSync(
            join(outside, 'test/out.test.js'),
            `require("node:fs").writeFileSync(${JSON.stringify(join(slice.home, 'pwned'))}, "");\n`,
          );
          symlinkSync(outside, join(slice.root, 'esc'));
          const before = treeOf(slice.home);
          const { engine } = await slice.restart();
          assert.deepEqual(
            engine
              .rules('live')
              .map(({ ruleId }) => ruleId)
              .filter((id) => !id.startsWith('builtin:')),
            ['.cursor/rules/act.mdc'],
          );
          const found = await engine.check(slice.root, 'all', neverAborted);
          assert.ok(!JSON.stringify(found).includes('esc/'), JSON.stringify(found));
          await engine.runTests({ root: slice.root, paths: [], ids: [], coverage: false }, neverAborted);
          assert.deepEqual(differences(before, treeOf(slice.home)), []);
        },
      ),
  },
]);
