import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteSetup } from './support/suiteSetup.ts';

const rule = '---\nglobs: src/**/*.js\non: save\nactions:\n  - type: review\n---\nLook for bugs.\n';

export const setup: SuiteSetup = {
  prepare(folder) {
    const rules = join(folder, '.cursor/rules');
    rmSync(join(rules, 'generate-tests.mdc'), { force: true });
    writeFileSync(join(rules, 'look.mdc'), rule);
  },
};
