import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createModelExtension } from '../../scripts/host/modelExtension.ts';
import type { SuiteSetup } from './support/suiteSetup.ts';

export const setup: SuiteSetup = {
  extensions: [createModelExtension(mkdtempSync(join(tmpdir(), 'codegen-lab-models-')))],
};
