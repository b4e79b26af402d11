import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeCommand, ruleOf, runAct, withRule } from '../actionSlice.ts';
import { answerWith, statusOf, type FakeReply } from '../fakeModelServer/fakeReply.ts';
import { withRemoteModel } from '../remoteModel.ts';
import { answer, head, passing, run, source, usual, withSampleSlice } from '../sampleSlice.ts';
import { neverAborted, plainSettings, type Slice } from '../sliceWorkspace.ts';
import { runCommandLine } from './commandLineProcess.ts';
import { describeRows, type TriedRow } from './describeRows.ts';
import { differences, treeOf } from './watchedWorld.ts';

const green = answer(usual, ...head, passing);
const limits = { ...plainSettings.limits, attempts: 2, secondsPerRun: 50 };

function journalOf({ root }: Slice): string {
  const folder = join(root, '.codegen-lab/journal');
  const [name = ''] = readdirSync(folder).filter((each) => each.endsWith('.jsonl'));
  return join(folder, name);
}

describeRows('J: journal, crash, edits', [
  {
    id: 'J01',
    input:
      'kill -9 at random points, 1,000 times; the Nth write failing, for every N; a crash while an edit lands',
    outcome: 'what was acknowledged is there, nothing is done twice',
    notRun: 'takes minutes: npm run endurance; single kills: server/test/serverProcess.test.ts',
  },
  {
    id: 'J02',
    input: 'the journal of a proposal is cut, and one of its bits flipped, at twenty places',
    outcome: 'a later process opens the folder, and lands nothing by what is damaged',
    holds: () =>
      withSampleSlice({ script: [green] }, async (slice) => {
        const result = await run(slice);
        await slice.running.engine.dispose();
        const path = journalOf(slice);
        const whole = readFileSync(path);
        const before = treeOf(slice.root);
        for (let place = 1; place <= 20; place += 1) {
          const at = Math.floor((whole.length * place) / 21);
          const damaged = place % 2 === 0 ? whole.subarray(0, at) : Buffer.from(whole);
          if (place % 2 === 1) damaged[at] = (damaged[at] ?? 0) ^ 1;
          writeFileSync(path, damaged);
          const { engine } = await slice.restart();
          const decided = await engine.decide({ run: result.run, accept: true }, neverAborted);
          assert.equal(decided.ok, false, `${place}: ${decided.message}`);
          await engine.dispose();
        }
        assert.deepEqual(differences(before, treeOf(slice.root)), []);
      }),
  },
  {
    id: 'J06',
    input: 'two command lines land the same edit in one workspace at once',
    outcome: 'the file is whole, both end, the journals of both are whole',
    holds: () =>
      withSampleSlice({ script: [green] }, async (slice) => {
        const words = ['run', '--rule', 'generate-tests', source, '--trust', '--apply'];
        const variables = { CODEGEN_LAB_CONFIG_APPROVAL: 'auto' };
        const before = treeOf(slice.root);
        const ends = await Promise.all([
          runCommandLine(slice, words, { variables }),
          runCommandLine(slice, words, { variables }),
        ]);
        const codes = ends.map(({ code }) => code);
        assert.ok(codes.includes(0), ends.map(({ text }) => text).join('\n'));
        assert.deepEqual(differences(before, treeOf(slice.root)), [usual]);
        assert.equal(slice.read(usual)?.trimEnd(), [...head, passing].join('\n'));
        const { engine } = await slice.restart();
        const outcomes = engine.viewState().runs.map(({ outcome }) => outcome);
        assert.ok(outcomes.includes('landed') && !outcomes.includes('interrupted'), String(outcomes));
      }),
  },
  ...(
    [
      ['changed on the disk', (slice: Slice) => slice.write(usual, 'mine')],
      ['made a folder', (slice: Slice) => mkdirSync(join(slice.root, usual))],
    ] as const
  ).map(([what, change]) => ({
    id: 'J07',
    input: `the file of an edit is ${what} while the edit waits`,
    outcome: 'it does not land, what somebody made stays',
    holds: (): Promise<void> =>
      withSampleSlice({ script: [green] }, async (slice) => {
        const result = await run(slice);
        assert.equal(result.outcome, 'proposed', result.message);
        change(slice);
        const before = treeOf(slice.root);
        await slice.running.engine.decide({ run: result.run, accept: true }, neverAborted);
        assert.deepEqual(differences(before, treeOf(slice.root)), []);
      }),
  })),
  {
    id: 'J08',
    input: '100 saves at once',
    outcome: 'few runs, each over the text as it is then',
    holds: () =>
      withRule(
        ruleOf('- type: run', `  ${nodeCommand('require("fs").appendFileSync("log", "ran\\n")')}`),
        async (slice) => {
          await runAct(slice);
          const event = {
            root: slice.root,
            path: 'src/a.js',
            name: 'save',
            origin: 'user',
            depth: 0,
          } as const;
          for (let nth = 0; nth < 100; nth += 1) {
            const text = `export const a = ${nth + 10};\n`;
            slice.write('src/a.js', text);
            await slice.running.engine.handleEvent({ ...event, text }, neverAborted);
          }
          const { engine } = slice.running;
          const settled = (): boolean =>
            engine.queue().length === 0 && engine.viewState().runs.every(({ phase }) => phase === 'finished');
          for (let round = 0; round < 1_000 && !settled(); round += 1)
            await new Promise((resolve) => setTimeout(resolve, 20));
          const times = (slice.read('log') ?? '').trim().split('\n').length;
          assert.ok(times >= 1 && times < 50, String(times));
        },
      ),
  },
  {
    id: 'J09',
    input: 'undo of a run that landed, with files that git does not know beside it',
    outcome: 'every byte is as before the run, nothing else is touched',
    holds: () =>
      withSampleSlice({ script: [green], settings: { approval: 'auto' } }, async (slice) => {
        const before = treeOf(slice.root);
        const result = await run(slice);
        assert.equal(result.outcome, 'landed', result.message);
        slice.write('notes.txt', 'mine');
        const end = await runCommandLine(slice, ['undo', result.run]);
        assert.equal(end.code, 0, end.text);
        assert.deepEqual(differences(before, treeOf(slice.root)), ['notes.txt']);
      }),
  },
  {
    id: 'J10',
    input: 'the storage of the user cannot be written',
    outcome: 'the command works or says why; the folder is as it was',
    only: 'linux',
    holds: () =>
      withSampleSlice({ script: [green] }, async (slice) => {
        await run(slice);
        const storage = join(slice.home, 'storage');
        const wrapper = ['/usr/bin/bwrap', '--dev-bind', '/', '/', '--ro-bind', storage, storage, '--'];
        const before = treeOf(slice.root);
        const words = ['run', '--rule', 'generate-tests', source, '--trust'];
        const end = await runCommandLine(slice, words, { wrapper });
        assert.ok(end.code === 0 || /storage|read-only/u.test(end.text), end.text);
        assert.ok(!end.text.includes('internal.fault'), end.text);
        assert.deepEqual(differences(before, treeOf(slice.root)), []);
      }),
  },
]);

const key = `sk-${'proj-cD4_'.repeat(6)}`;

const canaries = [
  key,
  `ghp_${'gH6x'.repeat(9)}`,
  `AKIA${'MNOP2345'.repeat(2)}`,
  `eyJ${'hbGci'.repeat(4)}.eyJ${'zdWIi'.repeat(4)}.${'c2ln'.repeat(4)}`,
  `sk_live_${'yZ4x'.repeat(6)}`,
];

describeRows('K: secrets and supply chain', [
  {
    id: 'K01',
    input:
      'keys of five kinds in a source, in the environment and in what a test prints, by the command line',
    outcome: 'none is printed and none persists',
    holds: async () => {
      const red = `console.log(${JSON.stringify(canaries.join(' '))}); test('red', () => assert.fail(${JSON.stringify(canaries.join(' '))}));`;
      await withSampleSlice({ script: [answer(usual, ...head, red), green] }, async (slice) => {
        slice.write(source, `${slice.read(source) ?? ''}// ${canaries.join(' ')}\n`);
        const words = ['run', '--rule', 'generate-tests', source, '--trust', '--json'];
        const end = await runCommandLine(slice, words, { variables: { OPENAI_API_KEY: key } });
        const kept = readdirSync(slice.home, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .filter((path) => path !== join(slice.root, source))
          .map((path) => readFileSync(path, 'latin1'));
        for (const canary of canaries) {
          assert.ok(!end.text.includes(canary), 'printed');
          assert.ok(!kept.some((text) => text.includes(canary)), 'kept');
        }
      });
    },
  },
  {
    id: 'K01',
    input: 'keys of five kinds in a source that is shown to a model on another machine',
    outcome: 'the model is asked, and none of them goes there',
    holds: () =>
      withRemoteModel({ line: `// ${canaries.join(' ')}`, script: [green] }, async (slice) => {
        const { message } = await runAct(slice, source);
        assert.ok(slice.models.requests.length > 0, message);
        for (const { text } of [...slice.models.requests, ...slice.models.reads])
          for (const canary of canaries) assert.ok(!text.includes(canary), message);
      }),
  },
  {
    id: 'K02',
    input: 'a key as a flag, and in the address of a model',
    outcome: 'refused, and not repeated',
    holds: () =>
      withSampleSlice({ script: [green] }, async (slice) => {
        const secret = 'sk-planted-0123456789abcdef';
        const command = ['run', '--rule', 'generate-tests', source, '--trust'];
        for (const words of [
          ['--api-key', secret],
          [`--api-key=${secret}`],
          ['--base-url', `https://user:${secret}@localhost:1/v1`],
        ]) {
          const end = await runCommandLine(slice, [...command, ...words]);
          assert.notEqual(end.code, 0, end.text);
          assert.ok(!end.text.includes(secret), end.text);
        }
        assert.deepEqual(slice.models.requests, []);
      }),
  },
  {
    id: 'K03',
    input: 'a key is revoked in the middle of a run',
    outcome: 'asked about once; the old one is gone',
    notRun: 'shown by server/test/refusedKeys.test.ts over the same engine',
  },
  {
    id: 'K05',
    input: 'a dependency with an install script, another registry, an extension that is brought along',
    outcome: 'the build fails',
    notRun: 'shown by scripts/house/supplyChain.test.ts and package.test.ts in the lane house',
  },
]);

/** A fault of a model: nothing lands, the run ends, and it is asked no more often than `atMost`. */
const fault = (id: string, input: string, reply: FakeReply, atMost: number): TriedRow => ({
  id,
  input,
  outcome: `a clean end, nothing of it is written, asked at most ${atMost} times`,
  holds: () =>
    withSampleSlice({ script: [reply], settings: { approval: 'auto', limits } }, async (slice) => {
      const before = treeOf(slice.root);
      const result = await run(slice);
      assert.ok(['failed', 'refused'].includes(result.outcome), result.message);
      assert.notEqual(result.code, 'internal.fault', result.message);
      assert.deepEqual(differences(before, treeOf(slice.root)), []);
      assert.ok(slice.models.requests.length <= atMost, String(slice.models.requests.length));
    }),
});

/** A fault that passes: the next answer lands. */
const recovers = (id: string, input: string, reply: FakeReply): TriedRow => ({
  id,
  input,
  outcome: 'asked again, and the next answer lands whole',
  holds: () =>
    withSampleSlice({ script: [reply, green], settings: { approval: 'auto', limits } }, async (slice) => {
      const result = await run(slice);
      assert.equal(result.outcome, 'landed', result.message);
      assert.equal(slice.read(usual)?.trimEnd(), [...head, passing].join('\n'));
    }),
});

const whole = green.text;
describeRows('L: faults of models', [
  recovers('L01', '429 with retry-after 1', statusOf(429, { headers: { 'retry-after': '1' } })),
  recovers(
    'L01',
    '429 with a retry-after that is no time',
    statusOf(429, { headers: { 'retry-after': 'soon' } }),
  ),
  ...[400, 401, 403].map((status) => fault('L02', `status ${status}`, statusOf(status), 1)),
  fault('L02', '429: the limit of spending is reached', statusOf(429, { code: 'insufficient_quota' }), 1),
  recovers('L03', 'one overload', statusOf(529)),
  ...[40, 200, 600].map((atByte) =>
    recovers(
      'L04',
      `the stream is cut after byte ${atByte}`,
      answerWith(whole, { delivery: { cut: { atByte, how: 'destroy' } } }),
    ),
  ),
  {
    id: 'L05',
    input: 'a stream that stalls, and a person who stops it',
    outcome: 'the run ends as stopped, nothing is written',
    holds: () =>
      withSampleSlice(
        { script: [answerWith(whole, { delivery: { cut: { atByte: 100, how: 'stall' } } })] },
        async (slice) => {
          const before = treeOf(slice.root);
          const running = run(slice);
          while (slice.models.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
          await slice.running.engine.stop('all');
          assert.equal((await running).outcome, 'cancelled');
          assert.deepEqual(differences(before, treeOf(slice.root)), []);
        },
      ),
  },
  fault('L06', 'events that are no JSON', { kind: 'raw', body: 'data: {oops\n\ndata: [DONE]\n\n' }, 4),
  fault('L06', 'a line of 10 MB', { kind: 'raw', body: `data: ${'x'.repeat(10 * 1024 * 1024)}\n\n` }, 4),
  fault('L06', 'no end of the message', answerWith(whole, { omit: ['done', 'stopReason'] }), 6),
  fault('L08', 'cut off at its limit', answerWith(whole, { stop: 'length' }), 4),
  fault('L08', 'a refusal', answerWith(whole, { stop: 'refusal' }), 4),
  fault('L08', 'an empty answer', answerWith(''), 4),
  fault(
    'L09',
    'an error behind status 200',
    answerWith('half', { errorEvent: { type: 'invalid_request_error', message: 'no' } }),
    1,
  ),
  fault(
    'L11',
    'an answer of 12 MB',
    answerWith(`${usual}\n\`\`\`js\n${'// x\n'.repeat(2_500_000)}\`\`\`\n`, { eventChars: 1_000_000 }),
    4,
  ),
]);
