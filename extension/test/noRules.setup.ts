import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteSetup } from './support/suiteSetup.ts';

export const setup: SuiteSetup = {
  prepare: (folder) => rmSync(join(folder, '.cursor'), { recursive: true }),
};
