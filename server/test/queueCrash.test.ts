import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { LspClient } from './lspClient.ts';
import { EditorHome } from './lspSession.ts';
import { createSeededRandom } from './seededRandom.ts';

const rule = [
  '---',
  'globs: src/**',
  'on: save',
  'debounce: 150ms',
  'actions:',
  '  - type: generate_tests',
  '---',
  'Test it.',
  '',
].join('\n');

const files = ['src/a.js', 'src/b.js', 'src/c.js'] as const;

describe('firings that wait when the server is killed', function () {
  this.timeout(60_000);
  let home: EditorHome;
  afterEach(() => home.dispose());

  const start = async (): Promise<{ client: LspClient; kill: () => Promise<void> }> => {
    const { client, process: child } = await home.startProcess('ipc');
    const kill = async (): Promise<void> => {
      assert.ok(child);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    };
    return { client, kill };
  };
  /** How often each of these runs began, by what the journals say. */
  const begun = (): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const journal of home.journals('workspace')) {
      const started = journal.split('\n').filter((line) => line.includes('"run.started"'));
      for (const line of started) {
        const file = files.find((each) => line.includes(`"file":"${each}"`)) ?? '';
        counts.set(file, (counts.get(file) ?? 0) + 1);
      }
    }
    return counts;
  };

  for (let round = 1; round <= rounds(); round += 1) {
    it(`begin once each, killed at random moments (seed ${round})`, async () => {
      const random = createSeededRandom(round * 7_919_000);
      home = await EditorHome.create({
        files: {
          'workspace/.cursor/rules/tests.mdc': rule,
          ...Object.fromEntries(files.map((file) => [`workspace/${file}`, 'one();\n'])),
        },
      });
      const first = await start();
      await first.client.until('the rule', () => first.client.view?.status.rules === 1);
      for (const file of files) await first.client.save(home.uri(`workspace/${file}`), { text: 'two();\n' });
      // As soon as it is decided that they fire, they are kept.
      await first.client.until('the decisions', () => {
        const fires = first.client.log().filter((line) => line.includes('Fires: tests on'));
        return fires.length === files.length;
      });
      await pause(random.fraction() * 400);
      await first.kill();
      for (let crash = 0; crash < 2; crash += 1) {
        const { kill } = await start();
        await pause(random.fraction() * 500);
        await kill();
      }
      const last = await start();
      await last.client.until('the runs', () => begun().size === files.length);
      // What was to begin twice would have begun by now.
      await pause(500);
      assert.deepEqual(
        [...begun()].toSorted(([left], [right]) => left.localeCompare(right)),
        files.map((file) => [file, 1] as const),
      );
    });
  }
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** `QUEUE_CRASHES`: how many times the whole is played; each kills three servers. */
function rounds(): number {
  return Number(process.env['QUEUE_CRASHES'] ?? 2);
}
