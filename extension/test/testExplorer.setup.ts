import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteSetup } from './support/suiteSetup.ts';

const python: Readonly<Record<string, string>> = {
  'pyproject.toml': '[project]\nname = "slugs"\nversion = "1.0.0"\n',
  'slugs.py': 'def slug(text):\n    return "-".join(text.lower().split())\n',
  'tests/test_slugs.py':
    'import pytest\nfrom slugs import slug\n\n\n@pytest.mark.parametrize("text", ["Two Words", "two  words"])\ndef test_joins_words(text):\n    assert slug(text) == "two-words"\n',
};

/** Tests of two runners in one folder, and no rule that asks a model. */
export const setup: SuiteSetup = {
  settings: { 'codegenLab.tests.pythonPath': findPytest() ?? '' },
  prepare(folder) {
    rmSync(join(folder, '.cursor/rules/generate-tests.mdc'), { force: true });
    mkdirSync(join(folder, 'tests'));
    for (const [path, text] of Object.entries(python)) writeFileSync(join(folder, path), text);
  },
};

/** A Python of this machine that has pytest; undefined if there is none. */
function findPytest(): string | undefined {
  return ['/usr/bin/python3', 'python3', 'python'].find(
    (program) => spawnSync(program, ['-m', 'pytest', '--version'], { stdio: 'ignore' }).status === 0,
  );
}
