import type { SyntaxNode } from '../../../ports/syntax.ts';
import type { ParsedTests, TestNode } from '../findTestNodes.ts';
import { nodesOf, partOf, wordsOf } from '../treeText.ts';
import {
  goForbidden,
  pythonForbidden,
  scriptForbidden,
  type ForbiddenCall,
  type HygieneKind,
} from './forbiddenCalls.ts';
import { resolveName } from './importedNames.ts';

/** Why a test is not kept, whatever it proves. */
export interface HygieneFinding {
  readonly kind: HygieneKind | 'vacuous' | 'duplicate';
  /** Offset in the file. */
  readonly start: number;
  /** Goes on after the name of the test. */
  readonly reason: string;
}

const reasons: Readonly<Record<HygieneKind, string>> = {
  sleep: 'waits with',
  network: 'uses the network with',
  clock: 'depends on the clock, which nothing pins, by',
  random: 'depends on chance, which no seed pins, by',
  writes: 'writes outside of a temporary folder with',
};

/** The first call of a test, or of a function of the file that it calls, that no kept test may make. */
export function findForbidden(
  parsed: ParsedTests,
  test: TestNode,
  names: ReadonlyMap<string, string>,
): HygieneFinding | undefined {
  const { text, language } = parsed;
  const list = language === 'python' ? pythonForbidden : language === 'go' ? goForbidden : scriptForbidden;
  const scope = scopeOf(parsed, test);
  const parts = [...scope, ...usedValues(parsed, scope)];
  const around = parts.map(({ start, end }) => text.slice(start, end)).join('\n') + headOf(parsed);
  for (const part of scope)
    for (const node of nodesOf(part)) {
      const call = callOf(node, text, names);
      const found = call && list.find((each) => isMatch(each, call, around));
      if (found !== undefined) {
        const written = text.slice(node.start, node.end).replace(/\s+/gu, ' ').slice(0, 60);
        return { kind: found.kind, start: node.start, reason: `${reasons[found.kind]} \`${written}\`` };
      }
    }
  if (language === 'python') return findUnseeded(parsed, test);
  return undefined;
}

interface Call {
  readonly called: string;
  readonly given: string;
}

function callOf(node: SyntaxNode, text: string, names: ReadonlyMap<string, string>): Call | undefined {
  const callee =
    node.type === 'call' || node.type === 'call_expression'
      ? partOf(node, 'function')
      : node.type === 'new_expression'
        ? partOf(node, 'constructor')
        : undefined;
  if (callee === undefined) return undefined;
  const list = partOf(node, 'arguments');
  const name = resolveName(wordsOf(text, callee), names);
  const isNew = node.type === 'new_expression' && name === 'Date';
  return {
    called: isNew ? 'new Date' : name,
    given: list === undefined ? '' : text.slice(list.start, list.end),
  };
}

function isMatch({ called, given, unless }: ForbiddenCall, call: Call, around: string): boolean {
  return called.test(call.called) && (given?.test(call.given) ?? true) && unless?.test(around) !== true;
}

/** Hypothesis draws other inputs each time unless it is told not to. */
function findUnseeded({ text }: ParsedTests, { node }: TestNode): HygieneFinding | undefined {
  const written = text.slice(node.start, node.end);
  if (!/@(?:hypothesis\.)?given\b/u.test(written) || /derandomize\s*=\s*True|load_profile/u.test(text))
    return undefined;
  return {
    kind: 'random',
    start: node.start,
    reason: `${reasons.random} \`@given\` without \`@settings(derandomize=True)\``,
  };
}

/** The test with what it calls of its own file, fixtures included. */
function scopeOf({ root, text }: ParsedTests, { node }: TestNode): readonly SyntaxNode[] {
  const functions = new Map<string, SyntaxNode>();
  for (const each of root.children) {
    const defined = partOf(each, 'definition') ?? each;
    const isFunction = /^(?:function_definition|function_declaration)$/u.test(defined.type);
    const name = isFunction ? partOf(defined, 'name') : undefined;
    if (name !== undefined) functions.set(text.slice(name.start, name.end), each);
  }
  const scope = [node];
  for (const part of scope)
    for (const each of nodesOf(part)) {
      if (each.type !== 'identifier') continue;
      const called = functions.get(text.slice(each.start, each.end));
      if (called !== undefined && !scope.includes(called)) scope.push(called);
    }
  return scope;
}

/** Where the file gives the values, beside its functions, that these parts name: a seed may stand there. */
function usedValues({ root, text }: ParsedTests, scope: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const named = new Set<string>();
  for (const part of scope)
    for (const node of nodesOf(part))
      if (node.type === 'identifier') named.add(text.slice(node.start, node.end));
  const isUsed = (name: SyntaxNode | undefined): boolean =>
    name !== undefined && named.has(text.slice(name.start, name.end));
  return root.children.filter((statement) =>
    statement.children.some(
      (each) =>
        (each.type === 'variable_declarator' && isUsed(partOf(each, 'name'))) ||
        (each.type === 'assignment' && isUsed(partOf(each, 'left'))),
    ),
  );
}

/** What stands in a file beside its functions: hooks, settings. */
function headOf({ root, text }: ParsedTests): string {
  return root.children
    .filter(({ type }) => /^(?:expression_statement|lexical_declaration|decorated_definition)$/u.test(type))
    .map((node) => text.slice(node.start, node.end))
    .filter((words) =>
      /^(?:before|after|setup|fc\.configure|nock|jest|vi|mock|@pytest\.fixture|settings)/u.test(words),
    )
    .join('\n');
}
