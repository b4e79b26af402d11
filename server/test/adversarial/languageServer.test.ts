import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import * as protocol from '../../protocol/requests.ts';
import type { EditorHome, LspSession } from '../lspSession.ts';
import { createSampleHome, rulesRead } from '../sampleEditor.ts';
import { describeRows } from './describeRows.ts';

/** The server in a process of its own, over stdio. */
async function withServer(
  use: (session: LspSession, child: ChildProcess, home: EditorHome) => Promise<void>,
): Promise<void> {
  const home = await createSampleHome([]);
  try {
    const session = await home.startProcess('stdio');
    await rulesRead(session.client);
    assert.ok(session.process);
    await use(session, session.process, home);
  } finally {
    await home.dispose();
  }
}

/** Resolves once the process has ended; rejects when it lives on. */
function ended(child: ChildProcess, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It lives on after ${withinMs} ms.`)), withinMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const answersOn = async ({ client }: LspSession): Promise<void> => {
  assert.equal((await client.request(protocol.listRules, {})).length, 2);
};

describeRows('V: language server', [
  ...(
    [
      ['a length that is no number', 'Content-Length: NaN\r\n\r\n{}'],
      ['a length of nine billion', 'Content-Length: 9000000000\r\n\r\n{}'],
      ['a negative length', 'Content-Length: -5\r\n\r\n{}'],
      ['64 KB of garbage', 'x'.repeat(65_536)],
    ] as const
  ).map(([what, bytes]) => ({
    id: 'V01',
    input: what,
    outcome: 'the process ends at once, so that the editor starts another, which answers',
    holds: (): Promise<void> =>
      withServer(async (_session, child, home) => {
        const gone = ended(child, 50_000);
        child.stdin?.write(bytes);
        await gone;
        const again = await home.startProcess('stdio');
        await rulesRead(again.client);
        await answersOn(again);
      }),
  })),
  {
    id: 'V02',
    input: 'the process is killed in the middle of its work',
    outcome: 'the next one answers',
    holds: () =>
      withServer(async ({ client }, child, home) => {
        const gone = ended(child, 50_000);
        await client.save(home.uri('workspace/src/duration.js'));
        child.kill('SIGKILL');
        await gone;
        const again = await home.startProcess('stdio');
        await rulesRead(again.client);
        await answersOn(again);
      }),
  },
  {
    id: 'V02',
    input: 'five crashes within three minutes',
    outcome: 'no start after that, but a button to restart',
    notRun:
      'the client lives in the editor: extension/server/crashWindow.test.ts and the suites of the lane editor',
  },
  {
    id: 'V03',
    input: 'unknown methods, wrong parameters, 100,000 brackets in one another, a body that is no JSON',
    outcome: 'an error each, the next request is answered',
    holds: () =>
      withServer(async (session, child) => {
        const { client } = session;
        for (const [method, params] of [
          ['no/such/method', {}],
          ['textDocument/hover', { textDocument: 5 }],
          ['textDocument/codeLens', null],
          [protocol.runRule.method, { uri: ['a'], ruleId: {} }],
          [protocol.decideProposal.method, 'x'],
          [protocol.approveRules.method, { folder: 1, texts: [null], allow: 'yes' }],
        ] as const)
          await client.raw(method, params).catch(() => undefined);
        const frame = (body: string): string => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
        const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
        child.stdin?.write(
          frame(`{"jsonrpc":"2.0","id":"deep","method":"textDocument/hover","params":${deep}}`),
        );
        child.stdin?.write(frame('{oops'));
        await answersOn(session);
      }),
  },
  {
    id: 'V04',
    input: 'the end of standard input',
    outcome: 'the process ends',
    holds: () =>
      withServer(async (_session, child) => {
        const gone = ended(child, 50_000);
        child.stdin?.end();
        await gone;
      }),
  },
]);
