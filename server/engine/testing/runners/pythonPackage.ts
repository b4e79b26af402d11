import type { TestRunOutcome } from '../../../protocol/tests.ts';
import type { SyntaxNode } from '../../ports/syntax.ts';
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

/** uv makes an environment before it runs anything, and cannot where there is no network, as in a sandbox. */
export function missingEnvironment(output: string): TestRunOutcome | undefined {
  if (!/^error: Failed to (?:download|fetch|prepare|build|install|resolve)\b/mu.test(output))
    return undefined;
  return {
    kind: 'runnerMissing',
    message:
      'uv could not make the environment of this package. Run `uv sync` once, and run the tests again.',
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
