import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { linkCache } from './linkedCache.ts';
import { behindRustup, findToolchain } from './toolchain.ts';

describe('What a language’s tool needs in a sandbox', () => {
  let home = '';
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'codegen-lab-toolchain-'))));
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const put = (path: string, text = ''): string => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
    return join(home, path);
  };
  const find = (program: string, environment: NodeJS.ProcessEnv = {}, canBuildInTree = true) =>
    findToolchain({ program, environment, home, canBuildInTree, temporary: '/tmp' });

  it('is nothing for most', () => assert.deepEqual(find('/usr/bin/python3'), { readable: [], env: {} }));

  it('is for Go its modules, a cache, and no network', () => {
    put('go/pkg/mod/x');
    put('caches/go-build/00/a');
    const found = find('/usr/local/go/bin/go', { XDG_CACHE_HOME: join(home, 'caches') });
    assert.equal(found.env['GOPROXY'], 'off');
    assert.equal(found.env['GOMODCACHE'], join(home, 'go/pkg/mod'));
    assert.deepEqual(found.cache, { folder: join(home, 'caches/go-build'), variable: 'GOCACHE' });
    assert.deepEqual([...found.readable].sort(), [join(home, 'caches/go-build'), join(home, 'go/pkg/mod')]);
  });

  it('is for Cargo what it downloaded, but neither configuration nor credentials', () => {
    put('.cargo/registry/x');
    put('.cargo/credentials.toml');
    const found = find('/opt/rust/bin/cargo', {}, false);
    assert.deepEqual(found.readable, [join(home, '.cargo/registry')]);
    assert.equal(found.env['CARGO_NET_OFFLINE'], 'true');
    assert.equal(found.env['CARGO_TARGET_DIR'], '/tmp/target');
    assert.equal(find('/opt/rust/bin/cargo').env['CARGO_TARGET_DIR'], undefined);
  });

  it('is what is there', () => assert.deepEqual(find('/usr/bin/go').readable, []));

  describe('behind rustup', () => {
    beforeEach(() => {
      put('.rustup/settings.toml', 'default_toolchain = "stable-x86_64-unknown-linux-gnu"\n');
      put('.rustup/toolchains/stable-x86_64-unknown-linux-gnu/bin/cargo');
      put('.rustup/toolchains/1.70.0-x86_64-unknown-linux-gnu/bin/cargo');
    });
    const cases: readonly (readonly [string, string, string, string])[] = [
      ['the usual toolchain', 'other', '', 'stable'],
      [
        'the one that the workspace names',
        'rust-toolchain.toml',
        '[toolchain]\nchannel = "1.70.0"\n',
        '1.70.0',
      ],
      ['the one that an old file names', 'rust-toolchain', '1.70.0\n', '1.70.0'],
      ['the usual one where the named one is not installed', 'rust-toolchain', '1.2.3\n', 'stable'],
    ];
    for (const [title, name, text, expected] of cases)
      it(`is ${title}`, () => {
        put(`ws/${name}`, text);
        put('ws/crate/Cargo.toml');
        const found = behindRustup('/x/.cargo/bin/cargo', join(home, 'ws/crate'), {}, home);
        assert.equal(found, join(home, `.rustup/toolchains/${expected}-x86_64-unknown-linux-gnu/bin/cargo`));
      });

    it('is nothing without a toolchain', () =>
      assert.equal(behindRustup('/x/.cargo/bin/rustfmt', home, {}, home), undefined));
  });

  it('links a cache that stays as it is', () => {
    const known = put('cache/0a/known', 'kept');
    put('cache/README', 'no part of it');
    const cache = linkCache(join(home, 'cache'), undefined);
    const linked = join(cache.location, '0a/known');
    assert.ok(lstatSync(linked).isSymbolicLink() && readFileSync(linked, 'utf8') === 'kept');
    assert.ok(!existsSync(join(cache.location, 'README')));
    writeFileSync(join(cache.location, '0a/new'), 'new');
    cache.dispose();
    assert.ok(!existsSync(cache.location) && !existsSync(join(home, 'cache/0a/new')));
    assert.equal(readFileSync(known, 'utf8'), 'kept');
  });
});
