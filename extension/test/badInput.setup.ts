import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitAll } from './slice/repository.ts';
import type { SuiteSetup } from './support/suiteSetup.ts';

const pythonRule = `---
description: Writes tests for a Python module when it is saved.
globs: scripts/**/*.py
on: save
actions:
  - type: generate_tests
---
Cover what is not covered.
`;

export const setup: SuiteSetup = {
  prepare(folder) {
    mkdirSync(join(folder, 'scripts'));
    writeFileSync(join(folder, 'scripts/slug.py'), 'def slug(text):\n    return text.lower()\n');
    writeFileSync(join(folder, '.cursor/rules/python-tests.mdc'), pythonRule);
    commitAll(folder);
  },
};
