import type { SuiteSetup } from './support/suiteSetup.ts';
import { setup as withoutRules } from './noRules.setup.ts';

export const setup: SuiteSetup = {
  ...withoutRules,
  settings: { 'codegenLab.rules.builtin': ['no-focused-tests'] },
};
