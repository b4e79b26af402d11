import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteSetup } from './support/suiteSetup.ts';

const rule = (on: string): string =>
  [
    '---',
    `on: ${on}`,
    'globs: src/**',
    'debounce: 0s',
    'actions:',
    '  - type: run',
    '    command: [node, --version]',
    '---',
    '',
  ].join('\n');

export const setup: SuiteSetup = {
  prepare(folder) {
    const rules = join(folder, '.cursor/rules');
    // Asks a model, which is not the matter here.
    rmSync(join(rules, 'generate-tests.mdc'), { force: true });
    writeFileSync(join(rules, 'on-problems.mdc'), rule('problems'));
    writeFileSync(join(rules, 'on-save.mdc'), rule('save'));
  },
};
