import type { TestRunOutcome } from '../../../protocol/tests.ts';
import type { SyntaxNode } from '../../ports/syntax.ts';
import { cleanDetail } from '../reports/reportText.ts';
import type { FoundTest, ParsedSource } from './runner.ts';

/** Files that mark the root of a Python package. */
export const pythonRootMarks: readonly string[] = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'pytest.ini',
  'tox.ini',
  'requirements.txt',
];

/**
 * uv makes an environment before it runs anything, and cannot where what it needs is out of reach, as the network is in a
 * sandbox. Its error has a word that it begins with, or the line below tells what it comes from.
 */
const uvError =
  /^error: (?=Failed to (?:download|fetch|prepare|build|install|resolve)\b|[^\n]*\n\s+(?:cause|Caused by): )([^\n]*)/mu;

/** What to do where a Python package has no environment to run tests in; undefined: that is not what the output tells. */
export function missingEnvironment(output: string): TestRunOutcome | undefined {
  const reason = uvError.exec(output)?.[1];
  if (reason === undefined) return undefined;
  return {
    kind: 'runnerMissing',
    message: `uv could not make the environment of this package (${cleanDetail(reason).slice(0, 200)}). Run \`uv sync\` once, and run the tests again.`,
  };
}

export function isPythonTest(path: string): boolean {
  return /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/u.test(path);
}

/** Beside the nearest tests, else in `tests/`: `test_NAME_generated.py`; a package is named after its folder. */
export function newPythonTestPath(source: string, near: string | undefined): string {
  const parts = source.replace(/\.py$/u, '').split('/');
  const name = parts.at(-1) === '__init__' ? (parts.at(-2) ?? 'package') : (parts.at(-1) ?? 'module');
  const folder = near === undefined ? 'tests' : near.slice(0, Math.max(0, near.lastIndexOf('/')));
  return `${folder === '' ? '' : `${folder}/`}test_${name}_generated.py`;
}

/** Classes with tests; `withFunctions`: functions named `test…` beside them too, as pytest has them. */
export function findPythonTests(
  { path, text, root }: ParsedSource,
  withFunctions: boolean,
): readonly FoundTest[] {
  const found: FoundTest[] = [];
  collect(root, []);
  return found;

  function collect(block: SyntaxNode, suites: readonly string[]): void {
    for (const child of block.children) {
      const inner = child.type === 'decorated_definition' ? child.children.at(-1) : child;
      const name = inner?.children.find(({ field }) => field === 'name');
      if (inner === undefined || name === undefined) continue;
      const word = text.slice(name.start, name.end);
      const body = inner.children.find(({ field }) => field === 'body');
      if (inner.type === 'class_definition' && body !== undefined) collect(body, [...suites, word]);
      const counts = withFunctions || suites.length > 0;
      if (inner.type !== 'function_definition' || !word.startsWith('test') || !counts) continue;
      const line = text.slice(0, inner.start).split('\n').length - 1;
      found.push({ id: [path, ...suites, word].join('::'), name: word, suites, line });
    }
  }
}
