import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteSetup } from './support/suiteSetup.ts';

const rule = [
  '---',
  'on: save',
  'globs: src/**',
  'debounce: 0s',
  'actions:',
  '  - type: refactor',
  '    message: Rename it.',
  '---',
  '',
].join('\n');

export const setup: SuiteSetup = {
  prepare(folder) {
    const rules = join(folder, '.cursor/rules');
    rmSync(join(rules, 'generate-tests.mdc'), { force: true });
    writeFileSync(join(rules, 'rename.mdc'), rule);
  },
};
