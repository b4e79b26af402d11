import type { DeclaredTest } from '../../protocol/testDisplay.ts';
import { createLineMap } from '../documents/lineMap.ts';
import { goTests } from '../generation/gates/weakening/goTests.ts';
import { pythonTests } from '../generation/gates/weakening/pythonTests.ts';
import { scriptTests } from '../generation/gates/weakening/scriptTests.ts';
import type { TestLanguage } from '../generation/gates/weakening/testCase.ts';
import type { GrammarLanguage, SyntaxNode } from '../ports/syntax.ts';

const languages: Partial<Readonly<Record<GrammarLanguage, TestLanguage>>> = {
  python: pythonTests,
  javascript: scriptTests,
  typescript: scriptTests,
  tsx: scriptTests,
  go: goTests,
};

export interface ParsedTests {
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly text: string;
  readonly root: SyntaxNode;
  readonly language: GrammarLanguage;
}

/** Deeper than any test is nested; what is below is of no interest. */
const maxDepth = 400;

/**
 * The tests that a source declares, in its order; undefined: of its language nothing is known, or the text does not parse, so
 * that some could be missing. What is declared inside a test belongs to that test: who runs it runs all of it.
 */
export function declaredTests({
  path,
  text,
  root,
  language,
}: ParsedTests): readonly DeclaredTest[] | undefined {
  const known = languages[language];
  if (known === undefined || isBroken(root)) return undefined;
  const lines = createLineMap(text);
  const source = { wordsOf: (node: SyntaxNode) => text.slice(node.start, node.end) };
  const tests: DeclaredTest[] = [];
  const visit = (
    node: SyntaxNode,
    above: SyntaxNode | undefined,
    suites: readonly string[],
    depth: number,
  ): void => {
    if (depth > maxDepth) return;
    const begins = known.begins(node, source, above);
    if (begins?.kind === 'test') {
      const { name } = begins;
      const { line } = lines.positionAt(placeOf(node).start);
      tests.push({ id: [path, ...suites, name].join('::'), name, suites, line });
      return;
    }
    const inside = begins === undefined ? suites : [...suites, begins.name];
    for (const child of node.children) visit(child, node, inside, depth + 1);
  };
  visit(root, undefined, [], 0);
  return tests;
}

function isBroken(root: SyntaxNode): boolean {
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'ERROR') return true;
    open.push(...node.children);
  }
  return false;
}

/** Runners name the line of the function, not of its decorators. */
function placeOf(node: SyntaxNode): SyntaxNode {
  return node.children.find(({ field }) => field === 'definition') ?? node;
}
