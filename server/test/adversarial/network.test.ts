import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAudit } from '../../adapters/audit/readAudit.ts';
import { UserStorage } from '../../adapters/journal/userStorage.ts';
import { startFilteringProxy } from '../../adapters/network/filteringProxy.ts';
import type { AuditEntry } from '../../protocol/audit.ts';
import { withRule } from '../actionSlice.ts';
import type { Slice } from '../sliceWorkspace.ts';
import { confinedAttempts, gotThrough, tellAttempts } from './confinedAttempts.ts';
import { describeRows } from './describeRows.ts';
import { unreached } from './watchedWorld.ts';

const domains = ['allowed.invalid', '*.below.invalid'];
const settings = { sandbox: { domains } };

/** Asks the way out of the sandbox for something; what is let through answers with a status of 200 to 299. */
function ask(line: string): string {
  return [
    '(new Promise((done, fail) => {',
    'const way = new URL(process.env.HTTPS_PROXY); let text = "";',
    'const socket = net.connect(Number(way.port), way.hostname, () => socket.write(',
    `${JSON.stringify(line)} + " HTTP/1.1\\r\\nHost: allowed.invalid\\r\\nConnection: close\\r\\n\\r\\n"));`,
    'socket.on("data", (data) => { text += data; }).on("error", fail);',
    'socket.on("close", () => / 2\\d\\d /.test(text.slice(0, 20)) ? done(text) : fail(Object.assign(new Error(), { code: text.slice(9, 12) })));',
    '}))',
  ].join(' ');
}

/** What became of the attempts, and what the audit log says of the network. */
async function attempt(
  attempts: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<{ readonly ends: Readonly<Record<string, string>>; readonly audited: readonly string[] }> {
  let ends: Readonly<Record<string, string>> = {};
  let audited: readonly string[] = [];
  await withRule(
    confinedAttempts(attempts),
    async (slice) => {
      ends = await tellAttempts(slice);
      await slice.running.engine.dispose();
      audited = entriesOf(slice).flatMap(({ right, decision }) =>
        right.kind === 'network' ? [`${decision} ${right.domain}`] : [],
      );
    },
    { settings, files },
  );
  return { ends, audited };
}

function entriesOf({ home, root }: Slice): readonly AuditEntry[] {
  return readAudit(new UserStorage(join(home, 'storage')), root).entries;
}

describeRows('S10: the network by domains', [
  {
    id: 'S10',
    input:
      'other domains, ports and protocols, addresses in all spellings, this machine, a cloud’s own service',
    outcome: 'nothing is let through; what was asked for stands in the audit log, without paths',
    only: 'linux',
    holds: () =>
      unreached(async ({ port }) => {
        const { ends, audited } = await attempt({
          other: ask('CONNECT evil.invalid:443'),
          above: ask('CONNECT below.invalid:443'),
          longer: ask('CONNECT allowed.invalid.evil.invalid:443'),
          port: ask('CONNECT allowed.invalid:22'),
          address: ask('CONNECT 1.1.1.1:443'),
          six: ask('CONNECT [2606:4700::1111]:443'),
          octal: ask('CONNECT 0177.0.0.1:443'),
          local: ask('CONNECT localhost:443'),
          own: ask(`GET http://127.0.0.1:${port}/`),
          metadata: ask('GET http://169.254.169.254/latest/meta-data?canary=path'),
          number: ask('GET http://2852039166/'),
          hidden: ask('GET http://allowed.invalid@evil.invalid/'),
          unknown: ask('CONNECT allowed.invalid:443'),
          past: `reach(${port}, "127.0.0.1")`,
          world: 'reach(443, "1.1.1.1")',
          dns: 'require("dns").promises.lookup("example.org")',
        });
        assert.deepEqual(gotThrough(ends), []);
        assert.equal(Object.keys(ends).length, 16);
        assert.deepEqual(audited.slice(0, 2), ['allowed allowed.invalid', 'allowed *.below.invalid']);
        for (const host of ['evil.invalid:443', '1.1.1.1:443', '169.254.169.254'])
          assert.ok(audited.includes(`denied ${host}`), audited.join('\n'));
        assert.doesNotMatch(audited.join('\n'), /canary/);
      }),
  },
  {
    id: 'S10',
    input: 'an allowed name whose address is that of this machine, now or only at the second look',
    outcome: 'nobody is reached, and a name is looked up once',
    holds: () =>
      unreached(async ({ port }) => {
        const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-rebinding-'));
        const socket = join(folder, 'p.sock');
        const looks: string[] = [];
        const proxy = await startFilteringProxy(socket, {
          domains,
          onRefused: () => undefined,
          portOf: () => port,
          resolve: async (name) => {
            looks.push(name);
            return looks.length % 2 === 1 && name.startsWith('a.')
              ? // Of the block for documentation of IPv6 that routers drop, made public for this row.
                [{ address: '100::1', family: 6 }]
              : [{ address: '127.0.0.1', family: 4 }];
          },
          isPublic: (address) => address === '100::1',
        });
        try {
          for (const line of [
            'CONNECT allowed.invalid:443',
            'GET http://allowed.invalid/',
            'CONNECT a.below.invalid:443',
          ])
            await new Promise<void>((resolve) => {
              const client = connect(socket, () =>
                client.write(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
              );
              client.on('error', () => undefined).on('close', () => resolve());
              client.setTimeout(1_000, () => client.destroy()).resume();
            });
          assert.deepEqual(looks, ['allowed.invalid', 'allowed.invalid', 'a.below.invalid']);
        } finally {
          proxy.close();
          rmSync(folder, { recursive: true });
        }
      }),
  },
  {
    id: 'S10',
    input: 'the team’s policy leaves less than the person’s settings',
    outcome: 'what is left is nothing, so there is no way out at all',
    only: 'linux',
    holds: async () => {
      const policy = 'roles:\n  models:\n    network: []\n';
      const { ends, audited } = await attempt(
        { way: 'process.env.HTTPS_PROXY ?? missing', world: 'reach(443, "1.1.1.1")' },
        { '.codegen-lab/policy.yaml': policy },
      );
      assert.deepEqual(gotThrough(ends), []);
      assert.deepEqual(audited, ['denied allowed.invalid', 'denied *.below.invalid']);
    },
  },
  {
    id: 'S10',
    input: 'files of the workspace ask for domains',
    outcome: 'there is no way out: only a person’s own settings name domains',
    only: 'linux',
    holds: () =>
      withRule(
        confinedAttempts({ way: 'process.env.HTTPS_PROXY ?? missing', world: 'reach(443, "1.1.1.1")' }),
        async (slice) => assert.deepEqual(gotThrough(await tellAttempts(slice)), []),
        {
          files: {
            '.vscode/settings.json': '{"codegenLab.sandbox.domains":["evil.invalid"]}',
            '.codegen-lab/policy.yaml': 'roles:\n  models:\n    network: [evil.invalid]\n',
            '.env': 'CODEGEN_LAB_CONFIG_SANDBOX_DOMAINS=evil.invalid\n',
          },
        },
      ),
  },
]);
