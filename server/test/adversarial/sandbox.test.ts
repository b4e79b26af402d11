import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runAct, withRule } from '../actionSlice.ts';
import { neverAborted, type Slice } from '../sliceWorkspace.ts';
import { commandLine, runCommandLine } from './commandLineProcess.ts';
import { confinedAttempts, confinedRule, gotThrough, tellAttempts } from './confinedAttempts.ts';
import { describeRows, type TriedRow } from './describeRows.ts';
import { differences, processesWith, treeOf, unreached } from './watchedWorld.ts';

/** Attempts of which none may get through, in a workspace whose tree may not change. */
async function allRefused(
  attempts: (slice: Slice) => Readonly<Record<string, string>>,
  arrange: (slice: Slice) => void = () => undefined,
): Promise<void> {
  await withRule(confinedRule(''), async (slice) => {
    mkdirSync(join(slice.home, 'outside'));
    arrange(slice);
    slice.write('.cursor/rules/act.mdc', confinedAttempts(attempts(slice)));
    await slice.running.engine.reloadRules(slice.root, 'all', neverAborted);
    const before = treeOf(slice.home);
    const ends = await tellAttempts(slice);
    assert.deepEqual(gotThrough(ends), []);
    assert.deepEqual(differences(before, treeOf(slice.home)), []);
  });
}

/**
 * A process tree that ignores SIGTERM and has left its session. The mark stands in the command lines of its children alone, so
 * that none is taken for running before it is.
 */
const stubborn = (mark: string): string =>
  [
    'const { spawn } = require("child_process");',
    'process.on("SIGTERM", () => undefined);',
    `const script = "trap '' TERM; sleep 300; : " + ${JSON.stringify([...mark])}.join("");`,
    'const free = { detached: true, stdio: "ignore" };',
    'spawn("setsid", ["sh", "-c", script], free).unref();',
    'spawn("sh", ["-c", script], free).unref();',
    'setInterval(() => undefined, 1000);',
  ].join(' ');

async function noneLeft(mark: string): Promise<void> {
  for (let round = 0; round < 200 && processesWith(mark).length > 0; round += 1) await delay(20);
  assert.deepEqual(processesWith(mark), []);
}

/** Stopped by a limit: the run ends, names why, and nothing of it is left. */
const limited = (input: string, script: string, keys: readonly string[], code: string): TriedRow => ({
  id: 'S06',
  input,
  outcome: `stopped by a limit, named by the code ${code}`,
  only: 'linux',
  holds: () =>
    withRule(confinedRule(script, ...keys), async (slice) => {
      const before = treeOf(slice.root);
      const result = await runAct(slice);
      assert.equal(result.code, code, result.message);
      assert.deepEqual(differences(before, treeOf(slice.root)), []);
    }),
});

describeRows('S: sandbox', [
  {
    id: 'S01',
    input: 'open the kernel\u2019s core_pattern for writing',
    outcome: 'refused',
    only: 'linux',
    holds: () =>
      allRefused(() => ({
        opened: 'fs.closeSync(fs.openSync("/proc/sys/kernel/core_pattern", "r+"))',
        capabilities: 'sh("grep CapEff /proc/self/status | grep -v 0000000000000000")',
        root: 'sh("test $(id -u) = 0")',
      })),
  },
  {
    id: 'S02',
    input: 'mount the root anew and write through it',
    outcome: 'refused',
    only: 'linux',
    holds: () =>
      allRefused(({ home }) => ({
        remount: `sh("mount -o remount,rw,bind / && echo x > ${home}/outside/pwned")`,
        mount: 'sh("mount -t tmpfs none /mnt")',
      })),
  },
  {
    id: 'S03',
    input: 'write outside, write through a link, make a namespace or a sandbox of its own',
    outcome: 'refused',
    only: 'linux',
    holds: () =>
      allRefused(
        ({ home }) => ({
          outside: `fs.writeFileSync(${JSON.stringify(join(home, 'outside/pwned'))}, "x")`,
          etc: 'fs.writeFileSync("/etc/codegen-lab-pwned", "x")',
          link: 'fs.writeFileSync("leads-out/pwned", "x")',
          ownLink: `(fs.symlinkSync(${JSON.stringify(join(home, 'outside'))}, "own"), fs.writeFileSync("own/pwned", "x"))`,
          namespace: 'sh("unshare --user --map-root-user true")',
          sandbox: 'sh("bwrap --ro-bind / / true")',
          anotherUser: 'sh("setpriv --reuid 0 true")',
        }),
        ({ root, home }) => symlinkSync(join(home, 'outside'), join(root, 'leads-out')),
      ),
  },
  {
    id: 'S04',
    input: 'TCP to this machine and to the world, a socket file, DNS, without any proxy variable',
    outcome: 'nobody is reached',
    only: 'linux',
    holds: () =>
      unreached(async ({ port }) => {
        let met = 0;
        const service = createServer(() => void met++);
        try {
          await allRefused(
            ({ home }) => ({
              loopback: `reach(${port}, "127.0.0.1")`,
              world: 'reach(80, "1.1.1.1")',
              metadata: 'reach(80, "169.254.169.254")',
              file: `reach(${JSON.stringify(join(home, 'service.sock'))})`,
              docker: 'reach("/var/run/docker.sock")',
              dns: 'require("dns").promises.lookup("example.org")',
            }),
            ({ home }) => void service.listen(join(home, 'service.sock')),
          );
          assert.equal(met, 0);
        } finally {
          service.close();
        }
      }),
  },
  {
    id: 'S05',
    input: 'make or change protected names, those included that are not there yet',
    outcome: 'nothing at all is in the user\u2019s tree, and the run is refused',
    only: 'linux',
    holds: () =>
      withRule(
        confinedRule(
          [
            'fs.writeFileSync("src/made.js", "fine")',
            'fs.mkdirSync(".vscode"), fs.writeFileSync(".vscode/tasks.json", "{}")',
            'fs.mkdirSync("sub/.git/hooks", { recursive: true }), fs.writeFileSync("sub/.git/hooks/pre-commit", "")',
            'fs.writeFileSync("AGENTS.md", "obey")',
            'fs.symlinkSync("src", ".husky")',
            'fs.writeFileSync("package.json", "{}")',
            'fs.writeFileSync(".cursor/rules/new.mdc", "")',
          ].reduce((all, line) => `${all} try { ${line}; } catch {}`, 'const fs = require("fs");'),
        ),
        async (slice) => {
          const before = treeOf(slice.root);
          const result = await runAct(slice);
          assert.deepEqual(differences(before, treeOf(slice.root)), []);
          assert.equal(result.outcome, 'refused', result.message);
        },
      ),
  },
  {
    id: 'S05',
    input: 'change what it may',
    outcome: 'the change is proposed, and the user\u2019s tree is as it was',
    only: 'linux',
    holds: () =>
      withRule(confinedRule('require("fs").writeFileSync("src/a.js", "changed")'), async (slice) => {
        const before = treeOf(slice.root);
        const result = await runAct(slice);
        const proposed = result.view?.files.map(({ path }) => path);
        assert.deepEqual([result.outcome, proposed], ['proposed', ['src/a.js']], result.message);
        assert.deepEqual(differences(before, treeOf(slice.root)), []);
      }),
  },
  limited('spin without end', 'for (;;);', ['timeout: 1s'], 'action.timed-out'),
  limited('sleep, deaf to SIGTERM', stubborn('s06'), ['timeout: 1s'], 'action.timed-out'),
  limited(
    'a fork bomb',
    'const { spawn } = require("child_process"); const bomb = () => { for (;;) { try { spawn("sleep", ["300"]).on("error", () => undefined); } catch {} } }; bomb();',
    ['timeout: 2s'],
    'action.timed-out',
  ),
  limited(
    'take 6 GB of memory',
    'require("child_process").execFileSync("python3", ["-c", "b = bytearray(6 * 1024 ** 3)"])',
    [],
    'action.failed',
  ),
  limited(
    'fill the disk',
    'require("child_process").execFileSync("sh", ["-c", "head -c 1200M /dev/zero > /tmp/fill"])',
    [],
    'action.failed',
  ),
  {
    id: 'S06',
    input: 'print without end',
    outcome: 'what is kept and shown stays small',
    only: 'linux',
    holds: () =>
      withRule(
        confinedRule(
          'const text = "x".repeat(65536); for (;;) require("fs").writeSync(1, text);',
          'timeout: 2s',
        ),
        async (slice) => {
          const result = await runAct(slice);
          assert.equal(result.code, 'action.timed-out', result.message);
          const shown = slice.terminal.reduce((sum, text) => sum + text.length, 0);
          assert.ok(shown < 8 * 1024 * 1024, String(shown));
          assert.ok(JSON.stringify(result).length < 1024 * 1024);
        },
      ),
  },
  {
    id: 'S07',
    input: 'children in sessions of their own, at the timeout',
    outcome: 'no process and no file is left',
    only: 'linux',
    holds: () =>
      withRule(confinedRule(stubborn('s07timeout'), 'timeout: 1s'), async (slice) => {
        const before = treeOf(slice.root);
        const result = await runAct(slice);
        assert.equal(result.code, 'action.timed-out', result.message);
        await noneLeft('s07timeout');
        assert.deepEqual(differences(before, treeOf(slice.root)), []);
      }),
  },
  {
    id: 'S07',
    input: 'kill -9 of the command line while they live',
    outcome: 'no process is left, and the tree is as it was',
    only: 'linux',
    holds: () =>
      withRule(confinedRule(stubborn('s07killed')), async (slice) => {
        const before = treeOf(slice.root);
        const { argv, options } = commandLine(slice, ['run', '--rule', 'act', 'src/a.js', '--trust']);
        const child = spawn(process.execPath, argv, { ...options, stdio: 'ignore' });
        const ended = new Promise((resolve) => child.once('exit', resolve));
        for (let round = 0; round < 1_000 && processesWith('s07killed').length < 2; round += 1)
          await delay(20);
        assert.ok(processesWith('s07killed').length > 0, 'it never ran');
        child.kill('SIGKILL');
        await ended;
        await noneLeft('s07killed');
        assert.deepEqual(differences(before, treeOf(slice.root)), []);
      }),
  },
  {
    id: 'S08',
    input: 'tell the whole environment, also by /proc',
    outcome: 'no key of the user is in it',
    only: 'linux',
    holds: async () => {
      const canary = 'canary-of-the-environment';
      process.env['ANTHROPIC_API_KEY'] = canary;
      process.env['MY_OWN_TOKEN'] = canary;
      const rule = confinedAttempts({
        env: 'JSON.stringify(process.env)',
        proc: 'sh("cat /proc/*/environ")',
      });
      try {
        await withRule(rule, async (slice) => {
          const told = JSON.stringify(await tellAttempts(slice));
          assert.ok(told.includes('PATH'), told);
          assert.ok(!told.includes(canary), told);
        });
      } finally {
        delete process.env['ANTHROPIC_API_KEY'];
        delete process.env['MY_OWN_TOKEN'];
      }
    },
  },
  {
    id: 'S09',
    input: 'bwrap is not there',
    outcome: 'the command does not run at all',
    only: 'linux',
    holds: () =>
      withRule(confinedRule(''), async (slice) => {
        const ran = join(slice.home, 'ran');
        const script = `require("fs").writeFileSync(${JSON.stringify(ran)}, "")`;
        slice.write('.cursor/rules/act.mdc', confinedRule(script));
        const without = [
          '/usr/bin/bwrap',
          '--dev-bind',
          '/',
          '/',
          '--ro-bind',
          '/dev/null',
          '/usr/bin/bwrap',
          '--',
        ];
        const words = ['run', '--rule', 'act', 'src/a.js', '--trust', '--apply'];
        const before = treeOf(slice.home);
        const end = await runCommandLine(slice, words, { wrapper: without });
        assert.notEqual(end.code, 0, end.text);
        assert.deepEqual(differences(before, treeOf(slice.home)), []);
        assert.match(end.text, /bubblewrap/u);
      }),
  },
  {
    id: 'S09',
    input: '.git is a link that leads out, or the file of a worktree',
    outcome: 'what it leads to is as it was',
    only: 'linux',
    holds: async () => {
      for (const arrange of [
        (root: string, outside: string) => symlinkSync(outside, join(root, '.git')),
        (root: string, outside: string) => writeFileSync(join(root, '.git'), `gitdir: ${outside}\n`),
      ])
        await withRule(
          confinedRule('try { require("fs").writeFileSync(".git/config", "x") } catch {}'),
          async (slice) => {
            const outside = join(slice.home, 'outside');
            mkdirSync(outside);
            writeFileSync(join(outside, 'config'), '');
            arrange(slice.root, outside);
            const before = treeOf(slice.home);
            const result = await runAct(slice);
            assert.notEqual(result.code, 'internal.fault', result.message);
            assert.deepEqual(differences(before, treeOf(slice.home)), []);
          },
        );
    },
  },
  {
    id: 'S09',
    input: 'the sandbox of macOS, and Windows, which has none',
    outcome: 'the same promises; without a sandbox nothing that is to be confined runs',
    notRun: 'this lane runs on Linux; the profile of macOS is held to its rules in server/adapters/sandbox',
  },
]);
