import type { GrammarLanguage, SyntaxNode } from '../../ports/syntax.ts';
import { goTests } from '../gates/weakening/goTests.ts';
import { pythonTests } from '../gates/weakening/pythonTests.ts';
import { scriptTests } from '../gates/weakening/scriptTests.ts';
import type { TestLanguage } from '../gates/weakening/testCase.ts';

/** A test file with its tree. */
export interface ParsedTests {
  readonly text: string;
  readonly root: SyntaxNode;
  readonly language: GrammarLanguage;
}

/** A test as it stands in its file. */
export interface TestNode {
  readonly name: string;
  /** The groups around it, outermost first. */
  readonly suites: readonly string[];
  readonly node: SyntaxNode;
  /** The statements that hold it, outermost first; the last one is its own. */
  readonly statements: readonly SyntaxNode[];
}

const testLanguages: Partial<Readonly<Record<GrammarLanguage, TestLanguage>>> = {
  python: pythonTests,
  javascript: scriptTests,
  typescript: scriptTests,
  tsx: scriptTests,
  go: goTests,
};

/** Nodes whose parts are statements. */
export const containers: ReadonlySet<string> = new Set([
  'module',
  'block',
  'program',
  'statement_block',
  'class_body',
  'source_file',
]);

const aFunction = /^(?:function_definition|function_declaration|func_literal|method_declaration)$/u;
// Deeper than any test is nested.
const maxDepth = 200;

/**
 * The tests of a file in source order; one that a loop makes many of counts once, and what a test calls its subtests is a part
 * of it. undefined: nobody knows how tests look in this language.
 */
export function findTestNodes({ text, root, language }: ParsedTests): readonly TestNode[] | undefined {
  const known = testLanguages[language];
  if (known === undefined) return undefined;
  const tests: TestNode[] = [];
  const source = { wordsOf: (node: SyntaxNode) => text.slice(node.start, node.end) };
  const visit = (node: SyntaxNode, above: SyntaxNode | undefined, place: Place, depth: number): void => {
    if (depth > maxDepth) return;
    const statements =
      above !== undefined && containers.has(above.type) ? [...place.statements, node] : place.statements;
    const begins = known.begins(node, source, above);
    if (begins?.kind === 'test' && !begins.name.startsWith('Benchmark')) {
      tests.push({ name: begins.name, suites: place.suites, node, statements });
      return;
    }
    // A function inside of another one is nothing that a runner of Python or Go collects.
    if (language === 'python' && begins === undefined && aFunction.test(node.type)) return;
    const suites = begins?.kind === 'group' ? [...place.suites, begins.name] : place.suites;
    for (const child of node.children) visit(child, node, { suites, statements }, depth + 1);
  };
  visit(root, undefined, { suites: [], statements: [] }, 0);
  return tests;
}

interface Place {
  readonly suites: readonly string[];
  readonly statements: readonly SyntaxNode[];
}

/** A key by which a test of one text is found in another: its names, and how often they were there before. */
export function keysOf(tests: readonly TestNode[]): readonly string[] {
  const counts = new Map<string, number>();
  return tests.map(({ suites, name }) => {
    const path = [...suites, name].join('\n');
    const count = counts.get(path) ?? 0;
    counts.set(path, count + 1);
    return count === 0 ? path : `${path}\n#${count}`;
  });
}
