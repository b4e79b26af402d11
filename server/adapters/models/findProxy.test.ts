import assert from 'node:assert/strict';
import { findProxy } from './findProxy.ts';

const none = { proxy: '', noProxy: [], environment: {} };
const env = { HTTPS_PROXY: 'http://env:1', NO_PROXY: 'corp.test, .inner.test 10.0.0.1:8080' };

describe('findProxy', () => {
  for (const [what, url, settings, expected] of [
    ['nothing is set', 'https://api.test/', none, undefined],
    ['the setting says so', 'https://api.test/', { ...none, proxy: 'http://own:1' }, 'http://own:1'],
    ['the environment says so', 'https://api.test/', { ...none, environment: env }, 'http://env:1'],
    ['the setting is above', 'https://api.test/', { ...none, environment: env, proxy: 'p:1' }, 'p:1'],
    [
      'small letters win',
      'https://api.test/',
      { ...none, environment: { ...env, https_proxy: 's:1' } },
      's:1',
    ],
    ['it is for the other protocol', 'http://api.test/', { ...none, environment: env }, undefined],
    ['http has its own', 'http://api.test/', { ...none, environment: { HTTP_PROXY: 'h:1' } }, 'h:1'],
    ['it is for all', 'http://api.test/', { ...none, environment: { ALL_PROXY: 'a:1' } }, 'a:1'],
    ['proxies are off', 'https://api.test/', { ...none, environment: env, proxy: 'off' }, undefined],
    ['the host is excepted', 'https://corp.test/', { ...none, environment: env }, undefined],
    ['a host below it is', 'https://a.corp.test/', { ...none, environment: env }, undefined],
    ['another one ends alike', 'https://mycorp.test/', { ...none, environment: env }, 'http://env:1'],
    ['a dot stands before', 'https://x.inner.test/', { ...none, environment: env }, undefined],
    ['host and port are', 'https://10.0.0.1:8080/', { ...none, environment: env }, undefined],
    ['the port is another', 'https://10.0.0.1/', { ...none, environment: env }, 'http://env:1'],
    ['the setting excepts', 'https://a.b/', { ...none, proxy: 'p:1', noProxy: ['*.b'] }, undefined],
    ['all are excepted', 'https://a.b/', { ...none, proxy: 'p:1', noProxy: ['*'] }, undefined],
    ['it is this machine', 'http://127.0.0.1:11434/', { ...none, proxy: 'p:1' }, undefined],
    ['it is this machine by name', 'http://localhost:1234/', { ...none, proxy: 'p:1' }, undefined],
    ['it is this machine by IPv6', 'http://[::1]:1/', { ...none, proxy: 'p:1' }, undefined],
    ['it only begins like it', 'http://127.0.0.1.evil.test/', { ...none, proxy: 'p:1' }, 'p:1'],
  ] as const) {
    it(`gives ${String(expected)} for ${url} when ${what}`, () =>
      assert.equal(findProxy(new URL(url), settings), expected));
  }
});
