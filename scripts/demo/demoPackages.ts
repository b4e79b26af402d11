import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextEdit } from './applyEdits.ts';

/** A published package, what is changed in it, and the bundled rule that fires then. */
export interface DemoPackage {
  readonly name: 'forwarded' | 'inflection';
  readonly language: 'js' | 'python';
  /** A folder of test-fixtures/packages. */
  readonly source: string;
  readonly rule: 'generate-node-tests' | 'generate-pytest-tests';
}

/** What a person does in the package's code, as `test-fixtures/demo/NAME/edit.json` has it. */
export interface DemoEdit {
  /** Relative to the workspace folder. */
  readonly file: string;
  /** The change that wants tests. */
  readonly edits: readonly TextEdit[];
  /** A change of one character that the tests for it must notice. */
  readonly bug: TextEdit;
}

export const demoPackages: readonly DemoPackage[] = [
  { name: 'forwarded', language: 'js', source: 'forwarded-3.1.2', rule: 'generate-node-tests' },
  { name: 'inflection', language: 'python', source: 'inflection-0.5.1', rule: 'generate-pytest-tests' },
];

export function readDemoEdit(root: string, { name }: DemoPackage): DemoEdit {
  const path = join(root, 'test-fixtures', 'demo', name, 'edit.json');
  return JSON.parse(readFileSync(path, 'utf8')) as DemoEdit;
}

/** Where the recorded answers are. */
export function recordingsFolder(root: string): string {
  return join(root, 'test-fixtures', 'demo', 'recordings');
}
