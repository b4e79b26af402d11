import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteSetup } from './support/suiteSetup.ts';

const files: Readonly<Record<string, string>> = {
  'pyproject.toml': '[project]\nname = "slugs"\nversion = "1.0.0"\n',
  'slugs.py':
    'def slug(text):\n    """Words in small letters, joined by dashes."""\n    if " " not in text:\n        return text.lower()\n    return "-".join(text.lower().split())\n',
  'tests/test_slugs.py':
    'from slugs import slug\n\n\ndef test_joins_words():\n    assert slug("Two Words") == "two-words"\n',
  '.cursor/rules/python-tests.mdc':
    '---\nglobs: "*.py"\non: save\nactions:\n  - type: generate_tests\n---\nPlain functions.\n',
};

export const setup: SuiteSetup = {
  settings: { 'codegenLab.tests.pythonPath': findPytest() ?? '' },
  prepare(folder) {
    for (const path of ['src', 'test', 'package.json', '.cursor'])
      rmSync(join(folder, path), { recursive: true });
    for (const path of ['tests', '.cursor/rules']) mkdirSync(join(folder, path), { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  },
};

/** A Python of this machine that has pytest; undefined if there is none. */
function findPytest(): string | undefined {
  return ['/usr/bin/python3', 'python3', 'python'].find(
    (python) => spawnSync(python, ['-m', 'pytest', '--version'], { stdio: 'ignore' }).status === 0,
  );
}
