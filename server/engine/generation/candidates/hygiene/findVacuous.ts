import type { SyntaxNode } from '../../../ports/syntax.ts';
import type { ParsedTests, TestNode } from '../findTestNodes.ts';
import { nodesOf, partOf } from '../treeText.ts';
import { assertionsOf, type AssertionParts } from './assertionParts.ts';
import type { HygieneFinding } from './findForbidden.ts';

/**
 * Why a test cannot fail for what the code does: it asserts nothing, or only constants, values against themselves, that there is
 * a value, or what a mock of its own was told to say. undefined: one assertion at least is real.
 */
export function findVacuous(
  parsed: ParsedTests,
  test: TestNode,
  names: ReadonlyMap<string, string>,
): HygieneFinding | undefined {
  const { text } = parsed;
  const mocks = mocksOf(test.node, text);
  const faults: string[] = [];
  for (const assertion of assertionsOf(parsed, test, names)) {
    const fault = faultOf(assertion, mocks);
    if (fault === undefined) return undefined;
    faults.push(`${fault} (\`${assertion.text}\`)`);
  }
  const [first] = faults;
  const found = (reason: string): HygieneFinding => ({ kind: 'vacuous', start: test.node.start, reason });
  return first === undefined
    ? found('asserts nothing')
    : found(faults.length === 1 ? first : `${first}, and its other assertions say no more`);
}

function faultOf(
  { subject, expected, weak, text }: AssertionParts,
  mocks: ReadonlySet<string>,
): string | undefined {
  if (weak) return 'asserts only that there is a value';
  if (subject === undefined) return undefined;
  if (isConstant(subject) && (expected === undefined || isConstant(expected))) return 'asserts a constant';
  if (expected !== undefined && normal(subject) === normal(expected)) return 'compares a value with itself';
  const own = [...mocks].find((mock) => isOfMock(subject, mock));
  if (own !== undefined && !/called|calls|callCount/iu.test(text))
    return `asserts what its own mock \`${own}\` was told to say`;
  return undefined;
}

function normal(words: string): string {
  return words.replace(/\s+/gu, '').replace(/^\((.*)\)$/su, '$1');
}

/** A literal, a list of literals, or an arithmetic of them. */
function isConstant(words: string): boolean {
  const bare = words.replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/gsu, (quoted) =>
    /\$\{/u.test(quoted) ? '$' : '0',
  );
  const left = bare.replace(
    /\b(?:True|False|None|true|false|null|nil|undefined|not|and|or|is|in|[0-9][\w.]*)\b/gu,
    '',
  );
  return !/[A-Za-z_$]/u.test(left);
}

function isOfMock(subject: string, mock: string): boolean {
  const words = subject.trim().replace(/^await\s+/u, '');
  return words === mock || words.startsWith(`${mock}(`) || words.startsWith(`${mock}.`);
}

const mockMaker =
  /^(?:await\s+)?(?:\w+\.)*(?:Mock|MagicMock|AsyncMock|create_autospec|vi\.fn|jest\.fn|mock\.fn|sinon\.(?:stub|fake|spy))\s*\(|^(?:t|mock)\.mock\.fn\s*\(/u;

/** Names of the test that stand for a mock that it made, or for what such a mock says. */
function mocksOf(test: SyntaxNode, text: string): ReadonlySet<string> {
  const mocks = new Set<string>();
  for (const node of nodesOf(test)) {
    const left = partOf(node, 'left') ?? partOf(node, 'name');
    const right = partOf(node, 'right') ?? partOf(node, 'value');
    if (left?.type !== 'identifier' || right === undefined) continue;
    const value = text.slice(right.start, right.end);
    if (
      mockMaker.test(value) ||
      [...mocks].some((mock) => new RegExp(String.raw`^(?:await\s+)?${mock}(?:\.\w+)*\(`, 'u').test(value))
    )
      mocks.add(text.slice(left.start, left.end));
  }
  return mocks;
}
