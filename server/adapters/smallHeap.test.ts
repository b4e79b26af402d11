import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

/** Makes and throws away much: at once, or when it has lived for a while. */
const allocating = `
  const { getHeapSpaceStatistics } = await import('node:v8');
  const sizeOf = (name) => getHeapSpaceStatistics().find((space) => space.space_name === name).space_size;
  let kept = [];
  for (let at = 0; at < 2e6; at += 1) {
    kept.push({ at });
    if (kept.length > 50_000) kept = [];
  }
  const young = sizeOf('new_space');
  let old = 0;
  const lasting = Array.from({ length: 400_000 }, (_, at) => ({ at, text: 'text ' + at }));
  for (let at = 0; at < 6e6; at += 1) {
    lasting[at % lasting.length] = { at, text: 'text ' + at };
    if (at % 100_000 === 0) old = Math.max(old, sizeOf('old_space'));
  }
  console.log(JSON.stringify({ young, old }));
`;

/** Bytes of the two parts of the heap at their most. */
function grown(before: string): { readonly young: number; readonly old: number } {
  const args = ['--input-type=module', '-e', before + allocating];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as ReturnType<typeof grown>;
}

describe('the heap of the server', function () {
  this.timeout(20_000);
  it('stays small, where it would grow', () => {
    const module = new URL('smallHeap.ts', import.meta.url).href;
    const small = grown(`const { keepHeapSmall } = await import('${module}'); keepHeapSmall();`);
    const usual = grown('');
    assert.ok(small.young * 2 <= usual.young, JSON.stringify({ small, usual }));
    assert.ok(small.old * 1.3 <= usual.old, JSON.stringify({ small, usual }));
  });
});
