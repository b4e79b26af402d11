import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitAll } from './slice/repository.ts';
import type { SuiteSetup } from './support/suiteSetup.ts';

export const setup: SuiteSetup = {
  prepare(folder) {
    // A file that the rule concerns as well, to see that the next save is the one that fires.
    writeFileSync(join(folder, 'src/next.js'), 'export const next = 1;\n');
    commitAll(folder);
  },
};
