import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { domainOf, isListed } from './domainList.ts';
import { startFilteringProxy, type FilteringProxy, type NetworkRefusal } from './filteringProxy.ts';
import { isPublicAddress } from './publicAddress.ts';

describe('domains', () => {
  const listed = [
    'example.org',
    '*.below.example',
    'UPPER.example',
    'dot.example.',
    '*',
    '*.',
    '10.0.0.1',
    'localhost',
    '',
  ];
  const rows: readonly (readonly [host: string, isListed: boolean])[] = [
    ['example.org', true],
    ['EXAMPLE.org.', true],
    ['a.example.org', false],
    ['example.org.evil.example', false],
    ['evilexample.org', false],
    ['a.below.example', true],
    ['a.b.below.example', true],
    ['below.example', false],
    ['upper.example', true],
    ['dot.example', true],
    ['localhost', false],
    ['10.0.0.1', false],
    ['0x7f.1', false],
    ['2130706433', false],
    ['127.1', false],
    ['[::1]', false],
    ['::1', false],
    ['example.org\u0000.evil', false],
    ['example.org@evil.example', false],
    ['ехample.org', false],
    ['example.org/..', false],
    ['', false],
    ['.', false],
    [`${'a.'.repeat(130)}org`, false],
  ];
  for (const [host, expected] of rows)
    it(`${expected ? 'lets' : 'does not let'} ${JSON.stringify(host.slice(0, 40))} through`, () => {
      const name = domainOf(host);
      assert.equal(name !== undefined && isListed(name, listed), expected);
    });
});

describe('isPublicAddress', () => {
  const own = `0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1
    192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1 fd00:ec2::254 ff02::1
    ::ffff:127.0.0.1 ::ffff:1.1.1.1 64:ff9b::a00:1 2001:db8::1 2002:7f00:1::1 2001:0:1::1 100::1 localhost 1.1.1 x`;
  for (const address of own.trim().split(/\s+/u))
    it(`${address} is none`, () => assert.equal(isPublicAddress(address), false));
  for (const address of [
    '1.1.1.1',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450::1',
  ])
    it(`${address} is one`, () => assert.ok(isPublicAddress(address)));
});

describe('the proxy of the sandbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-proxy-test-'));
  const socketPath = join(folder, 'p.sock');
  const refusals: NetworkRefusal[] = [];
  const asked: string[] = [];
  let proxy: FilteringProxy;
  let web: Server;
  const raw = createTcpServer((socket) => {
    socket.on('error', () => undefined).on('data', (data) => socket.write(`echo ${data.toString()}`));
  });
  const resolved: Readonly<Record<string, readonly string[]>> = {
    'good.example': ['127.0.0.1'],
    'mixed.example': ['127.0.0.1', '10.0.0.1'],
    'inner.example': ['169.254.169.254'],
    'inner6.example': ['fd00:ec2::254'],
    'redirects.example': ['127.0.0.1'],
  };

  before(async () => {
    web = createServer((request_, answer) => {
      asked.push(
        `${request_.headers.host ?? ''}${request_.url ?? ''} ${request_.headers['proxy-authorization'] ?? ''}`,
      );
      if (request_.headers.host === 'redirects.example')
        return void answer.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      request_.pipe(answer);
    });
    await Promise.all(
      [web, raw].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
    );
    const [webPort, rawPort] = [web, raw].map((server) => (server.address() as AddressInfo).port);
    proxy = await startFilteringProxy(socketPath, {
      domains: Object.keys(resolved),
      onRefused: (refusal) => refusals.push(refusal),
      resolve: async (name) =>
        (resolved[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      // The servers of this test are the internet.
      isPublic: (address) => address === '127.0.0.1' || isPublicAddress(address),
      portOf: (port) => (port === 443 ? (rawPort ?? 0) : (webPort ?? 0)),
    });
  });
  after(() => {
    proxy.close();
    web.close();
    web.closeAllConnections();
    raw.close();
    rmSync(folder, { recursive: true });
  });

  /** What comes back for raw bytes until the other side ends or says `until`. */
  function exchange(sent: string, until = /[^]^/u, isAll = false): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(socketPath, () => void (isAll ? socket.end(sent) : socket.write(sent)));
      socket.on('error', reject).on('close', () => resolve(text));
      socket.on('data', (data) => {
        text += data.toString();
        if (until.test(text)) socket.destroy();
      });
    });
  }

  it('lets a tunnel to a listed domain through, both ways', async () => {
    const text = await exchange('CONNECT good.example:443 HTTP/1.1\r\nHost: x\r\n\r\nhello', /echo hello/);
    assert.match(text, /^HTTP\/1\.1 200 [^]*\r\n\r\necho hello$/);
  });

  it('lets a tunnel to port 80 through, which some clients use for http', async () => {
    const line = 'GET /in HTTP/1.1\r\nHost: good.example\r\nConnection: close\r\n\r\n';
    const text = await exchange(`CONNECT good.example:80 HTTP/1.1\r\nHost: x\r\n\r\n${line}`);
    assert.match(text, /^HTTP\/1\.1 200 [^]*HTTP\/1\.1 200 OK/);
    assert.equal(asked.at(-1), 'good.example/in ');
  });

  it('forwards a request by http as what was judged, without headers for proxies', async () => {
    const status = await new Promise<string>((resolve, reject) => {
      const sent = request(
        {
          socketPath,
          method: 'POST',
          path: 'http://good.example/a?b=1',
          headers: {
            host: 'evil.example',
            'proxy-authorization': 'Basic x',
            connection: 'x-secret',
            'x-secret': '1',
          },
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (data: string) => (body += data));
          response.on('end', () => resolve(`${response.statusCode ?? 0} ${body}`));
        },
      );
      sent.on('error', reject).end('body');
    });
    assert.equal(status, '200 body');
    assert.equal(asked.at(-1), 'good.example/a?b=1 ');
  });

  it('hands a redirect on without following it', async () => {
    const text = await exchange(
      'GET http://redirects.example/ HTTP/1.1\r\nHost: redirects.example\r\nConnection: close\r\n\r\n',
    );
    assert.match(text, /302 Found[^]*location: http:\/\/169\.254\.169\.254\//i);
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['another domain', 'CONNECT evil.example:443', /not among the domains/],
    ['another port', 'CONNECT good.example:22', /only 80 and 443/],
    ['a port behind them', 'CONNECT good.example:8443', /only 80 and 443/],
    ['an address', 'CONNECT 1.1.1.1:443', /no name of a domain/],
    ['an address in another spelling', 'CONNECT 0x7f.1:443', /no name of a domain/],
    ['an address of IPv6', 'CONNECT [2606:4700::1111]:443', /no name of a domain/],
    ['this machine', 'CONNECT localhost:443', /no name of a domain/],
    ['a name with an inner address', 'CONNECT inner.example:443', /not on the internet/],
    ['a name with an inner address of IPv6', 'CONNECT inner6.example:443', /not on the internet/],
    ['a name with one inner address among others', 'CONNECT mixed.example:443', /not on the internet/],
    ['the service of a cloud', 'GET http://169.254.169.254/latest/meta-data', /no name of a domain/],
    ['an address as a number', 'GET http://2852039166/', /no name of a domain/],
    ['another port by http', 'GET http://good.example:8080/', /only 80 is open/],
    ['https without a tunnel', 'GET https://good.example/', /no address by http/],
    ['another scheme', 'GET ftp://good.example/', /no address by http/],
    ['a password', 'GET http://a:b@good.example/', /no address by http/],
    ['a path alone', 'GET /', /no address by http/],
    ['a name hidden behind another', 'GET http://good.example@evil.example/', /no address by http/],
  ];
  for (const [what, line, reason] of refused)
    it(`does not let ${what} through: ${line}`, async () => {
      const before = asked.length;
      const text = await exchange(`${line} HTTP/1.1\r\nHost: good.example\r\nConnection: close\r\n\r\n`);
      assert.match(text, /^HTTP\/1\.1 403 /);
      assert.match(text, reason);
      assert.match(text, /codegenLab\.sandbox\.domains/);
      assert.equal(asked.length, before);
      assert.match(refusals.at(-1)?.reason ?? '', reason);
    });

  it('judges each request of a connection, and lets no other protocol through', async () => {
    const text = await exchange(
      'GET http://good.example/1 HTTP/1.1\r\nHost: good.example\r\n\r\nGET http://evil.example/2 HTTP/1.1\r\nHost: good.example\r\nConnection: close\r\n\r\n',
    );
    assert.match(text, /^HTTP\/1\.1 200 [^]*HTTP\/1\.1 403 /);
    const upgraded = await exchange(
      'GET http://good.example/ HTTP/1.1\r\nHost: good.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    assert.match(upgraded, /^HTTP\/1\.1 403 /);
  });

  it('tells no path and no query of what it refused, and the same only once', async () => {
    const line = 'GET http://evil.example/secret?key=value HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const before = refusals.length;
    const text = (await exchange(line)) + (await exchange(line));
    assert.doesNotMatch(text + JSON.stringify(refusals), /secret|key=value/);
    assert.ok(refusals.length <= before + 1);
  });

  it('stays up whatever is sent to it', async () => {
    for (const garbage of [
      '\r\n\r\n',
      '\u0000'.repeat(100),
      'CONNECT \r\n\r\n',
      `GET http://${'a'.repeat(50_000)}/ HTTP/1.1\r\n\r\n`,
      'CONNECT good.example:99999 HTTP/1.1\r\n\r\n',
    ])
      await exchange(garbage, undefined, true).catch(() => '');
    assert.match(await exchange('CONNECT good.example:443 HTTP/1.1\r\nHost: x\r\n\r\nx', /echo x/), /echo x/);
  });
});
