import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { collectEvents, finalEvent, sampleRequest } from '../../test/collectEvents.ts';
import { startFakeModelServer, type FakeModelServer } from '../../test/fakeModelServer/fakeModelServer.ts';
import { answerWith, statusOf, type FakeReply } from '../../test/fakeModelServer/fakeReply.ts';
import { startFakeProxy, type FakeProxy } from '../../test/fakeProxy.ts';
import { plantedKey } from '../../test/withFakeModels.ts';
import { createModels } from './createModels.ts';
import { createProxiedFetch } from './proxiedFetch.ts';

/** No machine has this name: only the proxy leads there. */
const far = 'http://models.test/v1';
const noSigns = { noProxy: [], environment: {} } as const;

describe('a call through a proxy', () => {
  let server: FakeModelServer;
  let proxy: FakeProxy;
  let replies: readonly FakeReply[] = [];

  before(async () => {
    server = await startFakeModelServer(({ headers }) =>
      headers.host === 'models.test' ? (replies[0] ?? statusOf(500)) : statusOf(400),
    );
    proxy = await startFakeProxy(Number(new URL(server.anthropicUrl).port));
  });

  after(async () => {
    await proxy.close();
    await server.close();
  });

  beforeEach(() => proxy.reset());

  function ask(id: string, address: string, timeoutMs = 5_000, signal = new AbortController().signal) {
    const provider = createModels({
      secrets: { read: () => Promise.resolve(plantedKey) },
      baseUrls: { [id]: id === 'anthropic' ? 'http://models.test' : far },
      fetch: createProxiedFetch({ proxy: address, ...noSigns }),
    }).provider(id);
    assert.ok(provider);
    return collectEvents(provider, { ...sampleRequest, timeoutMs }, signal);
  }

  for (const id of ['anthropic', 'openai', 'openrouter']) {
    it(`streams an answer of ${id}, and the proxy sees no key and no text`, async () => {
      replies = [answerWith('through ✓ the tunnel', { delivery: { writeBytes: 5 } })];
      const final = finalEvent(await ask(id, proxy.url));
      assert.ok(final.type === 'done', JSON.stringify(final));
      assert.equal(final.text, 'through ✓ the tunnel');
      assert.deepEqual(proxy.asked(), ['CONNECT models.test:80']);
      assert.doesNotMatch(proxy.heard(), /planted|Write a test/);
      assert.equal(server.requests.at(-1)?.headers['proxy-authorization'], undefined);
    });
  }

  for (const [written, password] of [
    ['p%40ss', 'p@ss'],
    // A person who does not know that `%` has a meaning here.
    ['p%40ss%', 'p%40ss%'],
  ] as const)
    it(`tells the proxy its own name and password, written as ${written}, and nobody else`, async () => {
      replies = [answerWith('ok')];
      const address = proxy.url.replace('http://', `http://user:${written}@`);
      const final = finalEvent(await ask('openai', address));
      assert.equal(final.type, 'done', JSON.stringify(final));
      assert.ok(proxy.heard().includes(`Basic ${Buffer.from(`user:${password}`).toString('base64')}`));
      assert.doesNotMatch(JSON.stringify(server.requests.at(-1)), /p@ss|p%40ss/);
    });

  for (const [status, retryable, message] of [
    [407, false, /wants a name and a password \(407\)/],
    [403, false, /does not let the request through \(403\)/],
    [502, true, /does not let the request through \(502\)/],
  ] as const) {
    it(`says what it means that the proxy answers ${status}`, async () => {
      proxy.refuseWith(status);
      const final = finalEvent(await ask('openai', proxy.url.replace('http://', 'http://u:canary@')));
      assert.ok(final.type === 'failed');
      assert.equal(final.code, 'model.unreachable');
      assert.equal(final.retryable, retryable);
      assert.match(final.message, message);
      assert.doesNotMatch(final.message, /canary/);
    });
  }

  it('says that a proxy is not there, or no proxy at all', async () => {
    const gone = await startFakeProxy(1);
    await gone.close();
    for (const [address, message] of [
      [
        gone.url.replace('http://', 'http://u:canary@'),
        /The proxy 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/,
      ],
      ['socks5://canary:1', /no http or https address/],
    ] as const) {
      const final = finalEvent(await ask('anthropic', address));
      assert.ok(final.type === 'failed');
      assert.equal(final.code, 'model.unreachable');
      assert.match(final.message, message);
      assert.doesNotMatch(final.message, /canary/);
    }
  });

  it('follows no redirect to another host', async () => {
    replies = [statusOf(307, { headers: { location: 'http://other.test/v1/responses' } })];
    const final = finalEvent(await ask('openai', proxy.url));
    assert.ok(final.type === 'failed');
    assert.match(final.message, /redirects/);
    assert.deepEqual(proxy.asked(), ['CONNECT models.test:80']);
  });

  it('is cancelled at once while the proxy hesitates and while the answer does', async () => {
    for (const silent of [true, false]) {
      proxy.hesitate(silent);
      replies = [answerWith('late', { delivery: { firstByteMs: 5_000 } })];
      const started = performance.now();
      const final = finalEvent(await ask('openai', proxy.url, 5_000, AbortSignal.timeout(60)));
      assert.ok(final.type === 'failed');
      assert.equal(final.code, 'model.cancelled');
      assert.ok(performance.now() - started < 1_000);
    }
  });

  it('ends when the stream is cut inside of the tunnel', async () => {
    replies = [answerWith('x'.repeat(300), { delivery: { cut: { atByte: 700, how: 'destroy' } } })];
    const final = finalEvent(await ask('openai', proxy.url));
    assert.ok(final.type === 'failed');
    assert.equal(final.code, 'model.cut-off');
  });
});

describe('a certificate of the user', () => {
  let folder: string;
  let server: Server;
  let proxy: FakeProxy;

  before(async function () {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-tls-'));
    try {
      const subject = ['-subj', '/CN=models.test', '-addext', 'subjectAltName=DNS:models.test'];
      const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
      const form = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
      execFileSync('openssl', [...form, ...subject, ...files], { stdio: 'ignore' });
    } catch {
      // Certificates are made by openssl alone.
      this.skip();
    }
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
    server = createTlsServer({ key, cert }, (_, response) => response.end('safe'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    proxy = await startFakeProxy((server.address() as AddressInfo).port);
  });

  after(async () => {
    await proxy?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** In a process of its own, since Node reads the certificates as it starts. */
  async function fetchFar(environment: NodeJS.ProcessEnv): Promise<string> {
    const module = new URL('./proxiedFetch.ts', import.meta.url).href;
    const code = `
      import { createProxiedFetch } from ${JSON.stringify(module)};
      const get = createProxiedFetch({ proxy: '', noProxy: [], environment: process.env });
      try { console.log(await (await get('https://models.test/v1')).text()); } catch (error) { console.log(error.code); }`;
    const env = { ...process.env, HTTPS_PROXY: proxy.url, ...environment };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
      env,
    });
    return stdout.trim();
  }

  it('is trusted through the tunnel when NODE_EXTRA_CA_CERTS names it, and never otherwise', async () => {
    assert.equal(await fetchFar({ NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') }), 'safe');
    assert.match(await fetchFar({ NODE_EXTRA_CA_CERTS: '' }), /SELF_SIGNED|UNABLE_TO_VERIFY/);
    assert.deepEqual(new Set(proxy.asked()), new Set(['CONNECT models.test:443']));
  }).timeout(20_000);
});
