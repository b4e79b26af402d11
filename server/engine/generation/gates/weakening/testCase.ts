import type { SyntaxNode } from '../../../ports/syntax.ts';

/** A test as its source says it. */
export interface TestCase {
  /** With the names of what it stands in. */
  readonly name: string;
  /** Offset of its beginning. */
  readonly start: number;
  readonly assertions: readonly Assertion[];
  /** Words that keep it, or others, from being run, or replace what it tests: `skip`, `only`, `patch`. */
  readonly markers: readonly Marker[];
}

export interface Assertion {
  readonly start: number;
  /** Its words without white space and comments, and whether it stands in a condition, a loop or a `try`. */
  readonly form: string;
  /** As it is written, shortened. */
  readonly text: string;
}

export interface Marker {
  readonly start: number;
  readonly word: string;
}

/** What a language calls things. */
export interface TestLanguage {
  /** The test, or the group of tests, that begins at a node; undefined: neither does. */
  readonly begins: (node: SyntaxNode, source: Source, above: SyntaxNode | undefined) => Beginning | undefined;
  readonly isAssertion: (node: SyntaxNode, source: Source) => boolean;
  /** The word of a marker; undefined: the node is none. */
  readonly markerOf: (node: SyntaxNode, source: Source, above: SyntaxNode | undefined) => string | undefined;
  /** Nodes whose parts may not be reached. */
  readonly detour: RegExp;
}

export interface Beginning {
  readonly kind: 'test' | 'group';
  readonly name: string;
}

/** The words of a text. */
export interface Source {
  wordsOf(node: SyntaxNode): string;
}

function createSource(text: string): Source {
  return { wordsOf: (node) => text.slice(node.start, node.end) };
}

// Deeper than any test is nested; what is below is of no interest.
const maxDepth = 400;
const maxShown = 80;

interface OpenCase {
  readonly name: string;
  readonly start: number;
  readonly assertions: Assertion[];
  /** Its own first, then those of the groups around it and of the file, which may still come. */
  readonly markers: readonly Marker[][];
}

interface Place {
  readonly groups: readonly string[];
  readonly markers: readonly Marker[][];
  readonly test: OpenCase | undefined;
  /** Conditions, loops and the like between the test and a node. */
  readonly path: string;
  /** Functions between the test and a node; its own body is none of them. */
  readonly functions: number;
}

const aFunction =
  /^(?:function_\w+|lambda|arrow_function|method_definition|func_literal|generator_function)$/;

/** The tests of a file in source order. Markers of a group, or of the file, are those of each of its tests. */
export function readTests(root: SyntaxNode, text: string, language: TestLanguage): readonly TestCase[] {
  const source = createSource(text);
  const tests: OpenCase[] = [];
  const visit = (node: SyntaxNode, above: SyntaxNode | undefined, place: Place, depth: number): void => {
    if (depth > maxDepth) return;
    const begins = language.begins(node, source, above);
    const inside = begins === undefined ? place : enter(node, begins, place);
    if (inside.test !== undefined && inside.test !== place.test) tests.push(inside.test);
    const word = language.markerOf(node, source, above);
    if (word !== undefined && !(word === 'return' && inside.functions > 0))
      inside.markers[0]?.push({ start: node.start, word });
    if (inside.test !== undefined && language.isAssertion(node, source)) {
      inside.test.assertions.push(asAssertion(node, inside.path, source));
      return;
    }
    const path = language.detour.test(node.type) ? inside.path + describeDetour(node, source) : inside.path;
    const functions = inside.functions + (aFunction.test(node.type) && begins === undefined ? 1 : 0);
    for (const child of node.children) visit(child, node, { ...inside, path, functions }, depth + 1);
  };
  visit(root, undefined, { groups: [], markers: [[]], test: undefined, path: '', functions: 0 }, 0);
  return tests.map((test) => ({ ...test, markers: test.markers.flat() }));
}

function enter(node: SyntaxNode, { kind, name }: Beginning, place: Place): Place {
  const groups = [...place.groups, name];
  const markers: readonly Marker[][] = [[], ...place.markers];
  const isCall = /call/.test(node.type);
  const test =
    kind === 'test' ? { name: groups.join(' › '), start: node.start, assertions: [], markers } : undefined;
  // The function that is handed to a call is the body of the test.
  return {
    groups,
    markers,
    test,
    path: '',
    functions: isCall || node.type === 'decorated_definition' ? -1 : 0,
  };
}

function describeDetour(node: SyntaxNode, source: Source): string {
  const condition = node.children.find(({ field }) => field === 'condition');
  return `${node.type}(${condition === undefined ? '' : formOf(condition, source)}) > `;
}

function asAssertion(node: SyntaxNode, path: string, source: Source): Assertion {
  const written = source.wordsOf(node).replace(/\s+/g, ' ');
  const text = written.length > maxShown ? `${written.slice(0, maxShown).toWellFormed()}…` : written;
  return { start: node.start, form: path + formOf(node, source), text };
}

/** The leaves of a node, one space apart; quotes and trailing commas are a matter of taste. */
function formOf(node: SyntaxNode, source: Source): string {
  const leaves: string[] = [];
  const open: SyntaxNode[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (/comment/.test(next.type)) continue;
    if (next.children.length === 0) leaves.push(source.wordsOf(next));
    else open.push(...next.children.toReversed());
  }
  return leaves
    .map((leaf) => (leaf === "'" ? '"' : leaf))
    .filter((leaf, at) => leaf !== ';' && !(leaf === ',' && /^[)\]}]$/.test(leaves[at + 1] ?? '')))
    .join(' ');
}
