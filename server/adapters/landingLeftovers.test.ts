import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { landingLeftovers, temporaryNameOf } from './landingLeftovers.ts';

const run = '0abc123';

describe('leftovers of a landing that was cut short', () => {
  let home: string;
  let root: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'codegen-lab-leftovers-'));
    root = join(home, 'root');
    put('root/src/a.ts');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function put(path: string): string {
    const whole = join(home, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, path);
    return whole;
  }

  const cases: readonly (readonly [string, string, boolean])[] = [
    ['its own beside a file of the edit', `src/${temporaryNameOf(run)}`, false],
    ['that of another run', `src/${temporaryNameOf('0abc1234')}`, true],
    ['its own name where the edit writes nothing', `other/${temporaryNameOf(run)}`, true],
    ['a name that is longer', `src/${temporaryNameOf(run)}.bak`, true],
    ['a name without what is drawn', `src/.codegen-lab-${run}-.tmp`, true],
    ['a temporary file of somebody else', 'src/.a.ts.0123456789ab.tmp', true],
  ];
  for (const [what, path, stays] of cases)
    it(`${stays ? 'leave' : 'remove'} ${what}`, async () => {
      const file = put(`root/${path}`);
      await landingLeftovers.remove(root, run, ['src/a.ts', 'gone/b.ts']);
      assert.equal(existsSync(file), stays);
      assert.ok(existsSync(join(root, 'src/a.ts')));
    });

  it('are looked for through no link, and a link or a folder of that name stays', async () => {
    const outside = put(`outside/${temporaryNameOf(run)}`);
    symlinkSync(dirname(outside), join(root, 'linked'));
    const link = join(root, 'src', temporaryNameOf(run));
    symlinkSync(outside, link);
    mkdirSync(join(root, 'src', temporaryNameOf(run)));
    await landingLeftovers.remove(root, run, ['linked/b.ts', '../outside/b.ts', 'src/a.ts']);
    assert.ok(existsSync(outside));
    assert.equal(readdirSync(join(root, 'src')).length, 3);
  });

  it('are of no run where the name of the run is none', async () => {
    const file = put('root/src/.codegen-lab--0123456789ab.tmp');
    await landingLeftovers.remove(root, '', ['src/a.ts']);
    assert.ok(existsSync(file));
  });
});
