import assert from 'node:assert/strict';
import { renderSeatbeltProfile } from './seatbeltProfile.ts';

describe('renderSeatbeltProfile', () => {
  const profile = renderSeatbeltProfile({
    readable: ['/ws', '/opt/node'],
    writable: ['/scratch/1'],
    closed: ['/scratch/1/.git'],
  });

  const parts: readonly (readonly [string, string])[] = [
    ['denies all that is not named', '(deny default)'],
    ['denies the network', '(deny network*)'],
    ['allows writing to what is named', '(allow file-write* (subpath "/scratch/1"))'],
    ['closes protected names', '(deny file-write* (subpath "/scratch/1/.git"))'],
  ];
  for (const [title, part] of parts) it(title, () => assert.ok(profile.includes(part), profile));

  it('names protected paths after those that hold them, since the last rule decides', () => {
    assert.ok(profile.indexOf('(deny file-write*') > profile.indexOf('(allow file-write* (subpath'));
    assert.ok(profile.indexOf('(deny default)') < profile.indexOf('(allow'));
  });

  it('never allows the home folder or the whole disk', () => {
    assert.ok(!profile.includes('(subpath "/")') && !profile.includes('(subpath "/Users'));
  });

  it('writes no rule without a path', () => {
    const bare = renderSeatbeltProfile({ readable: [], writable: [], closed: [] });
    assert.ok(!/file-write\* *\)/u.test(bare));
  });

  it('cannot be broken out of by a path', () => {
    const hostile = renderSeatbeltProfile({
      readable: [],
      writable: ['/a") (allow default) ("'],
      closed: ['/b\\'],
    });
    assert.ok(hostile.includes(String.raw`(subpath "/a\") (allow default) (\"")`));
    assert.ok(hostile.includes(String.raw`(subpath "/b\\")`));
  });
});
