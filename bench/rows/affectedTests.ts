import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DiskFiles } from '../../server/adapters/diskFiles.ts';
import { systemClock } from '../../server/adapters/systemClock.ts';
import { createFolderPaths } from '../../server/engine/rules/globs/folderPaths.ts';
import { findAffectedTests } from '../../server/engine/runs/affectedTests.ts';
import { createImportIndex } from '../../server/engine/testing/imports/importIndex.ts';
import type { BenchRow } from '../benchRow.ts';
import { writeImportingTree } from '../inputs/importingTree.ts';
import { neverAborted } from '../measure/quietEngine.ts';
import { againstLimit } from '../measure/results.ts';
import { createSeededRandom } from '../../server/test/seededRandom.ts';

const name = 'affected-tests';
const limitMs = 50;

/** From a save to the tests that it can affect, with the reason of each, after the imports were read once. */
export const affectedTests: BenchRow = {
  names: [name],
  async run({ scratch, size }) {
    const root = join(scratch, 'importing');
    mkdirSync(root, { recursive: true });
    const count = size === 'full' ? 10_000 : 100;
    const written = writeImportingTree(root, count);
    const files = new DiskFiles();
    const kept = { read: async () => undefined, write: async () => undefined };
    const deps = { files, imports: createImportIndex({ files }), kept, clock: systemClock };
    const paths = createFolderPaths(files, root);
    await findAffectedTests({ deps, root, paths }, [], neverAborted);
    const random = createSeededRandom(3);
    const times: number[] = [];
    for (let round = 0; round < (size === 'full' ? 60 : 2); round += 1) {
      const saved = written[Math.floor(random.fraction() * written.length)] ?? '';
      appendFileSync(join(root, saved), "import '../nothing';\n");
      const started = performance.now();
      deps.imports.note(root, [saved]);
      await findAffectedTests({ deps, root, paths }, [saved], neverAborted);
      times.push(performance.now() - started);
    }
    const texts = {
      name,
      what: `from a save to its tests among ${count.toLocaleString('en')} files that import one another`,
      beside: `${limitMs} ms`,
    };
    return [againstLimit(texts, times, limitMs)];
  },
};
