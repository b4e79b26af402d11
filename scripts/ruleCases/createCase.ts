import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyEdits, findPlace } from '../demo/applyEdits.ts';
import { commitAll } from '../demo/createWorkspace.ts';
import { createEnvironment, type PythonTools } from '../demo/pythonTools.ts';
import type { PackageChange, RuleCase } from './ruleCase.ts';

export interface CaseTools {
  /** The project's folder, absolute. */
  readonly root: string;
  /** undefined: no case needs Python. */
  readonly python: PythonTools | undefined;
  /** A `node_modules`, absolute; undefined: no case needs packages. */
  readonly packages: string | undefined;
}

/** Copies the package of a case to `PARENT/NAME`, ready to be tested, in the state in which the rule is run. Returns the folder. */
export function createCase({ root, python, packages }: CaseTools, rule: RuleCase, parent: string): string {
  const folder = join(parent, rule.package.replace(/-[^-]*$/u, ''));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(parent, { recursive: true });
  cpSync(join(root, 'test-fixtures', 'packages', rule.package), folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '.venv/\nnode_modules/\ntarget/\n__pycache__/\n.pytest_cache/\n');
  if (rule.language === 'python' && python) createEnvironment(python, folder);
  if (rule.packages && packages)
    cpSync(packages, join(folder, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  applyChange(folder, rule.committed);
  commitAll(folder, `${rule.package} as it was`);
  applyChange(folder, rule.changed);
  return folder;
}

function applyChange(folder: string, { remove = [], add = {}, edits = [], cut }: PackageChange = {}): void {
  for (const path of remove) rmSync(join(folder, path), { recursive: true });
  for (const [path, lines] of Object.entries(add)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), lines.join('\n'));
  }
  for (const { file, before, after } of edits) {
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), applyEdits(text, [{ before, after }]));
  }
  if (cut === undefined) return;
  const text = readFileSync(join(folder, cut.file), 'utf8');
  writeFileSync(join(folder, cut.file), text.slice(0, findPlace(text, cut.from)));
}
