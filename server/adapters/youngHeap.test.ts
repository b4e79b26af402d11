import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

const allocating = `
  const { getHeapSpaceStatistics } = await import('node:v8');
  let kept = [];
  for (let at = 0; at < 2e6; at += 1) {
    kept.push({ at });
    if (kept.length > 50_000) kept = [];
  }
  console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size);
`;

/** Bytes of the young heap after much was made and thrown away. */
function grown(before: string): number {
  const args = ['--input-type=module', '-e', before + allocating];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

describe('the young heap of the server', function () {
  this.timeout(20_000);
  it('stays small, where it would grow', () => {
    const module = new URL('youngHeap.ts', import.meta.url).href;
    const small = grown(`const { keepYoungHeapSmall } = await import('${module}'); keepYoungHeapSmall();`);
    assert.ok(small * 2 <= grown(''), `${small} bytes`);
  });
});
