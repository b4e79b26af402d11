import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteSetup } from './support/suiteSetup.ts';

export const setup: SuiteSetup = {
  prepare(folder) {
    mkdirSync(join(folder, '.codegen-lab'), { recursive: true });
    writeFileSync(
      join(folder, '.codegen-lab', 'models.yaml'),
      'roles:\n  tester: { strategy: rase }\n  reviewer: { use: [openai/gpt] }\nlimits: { usd: { run: 0.1 } }\n',
    );
  },
};
