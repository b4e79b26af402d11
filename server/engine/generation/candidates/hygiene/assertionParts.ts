import type { SyntaxNode } from '../../../ports/syntax.ts';
import type { ParsedTests, TestNode } from '../findTestNodes.ts';
import { namedParts, nodesOf, partOf, wordsOf } from '../treeText.ts';
import { resolveName } from './importedNames.ts';

/** What one assertion says, as far as its words tell. */
export interface AssertionParts {
  /** As it is written, shortened. */
  readonly text: string;
  /** What is asserted; undefined: nothing to doubt is known of it. */
  readonly subject: string | undefined;
  /** What it is compared with; undefined: it has to be true. */
  readonly expected: string | undefined;
  /** It says no more than that there is a value. */
  readonly weak: boolean;
}

const maxShown = 80;

/** The assertions of a test, with those of the functions of its file that it calls. */
export function assertionsOf(
  parsed: ParsedTests,
  { node }: TestNode,
  names: ReadonlyMap<string, string>,
): readonly AssertionParts[] {
  const { text, root } = parsed;
  const found: AssertionParts[] = [];
  const helpers = new Set<string>();
  const collect = (part: SyntaxNode): void => {
    for (const each of nodesOf(part)) {
      const parts = readAssertion(each, parsed, names);
      if (parts !== undefined) found.push(parts);
      const callee = calleeOf(each);
      if (callee?.type === 'identifier') helpers.add(text.slice(callee.start, callee.end));
    }
  };
  collect(node);
  const own = [...helpers];
  for (const declared of root.children) {
    const name = nameOf(declared);
    if (name !== undefined && own.includes(text.slice(name.start, name.end)) && declared !== node)
      collect(declared);
  }
  return found;
}

function nameOf(node: SyntaxNode): SyntaxNode | undefined {
  const inner = /^(?:lexical_declaration|variable_declaration)$/u.test(node.type)
    ? namedParts(node)[0]
    : node;
  return inner === undefined ? undefined : partOf(partOf(inner, 'definition') ?? inner, 'name');
}

function calleeOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === 'call' || node.type === 'call_expression' ? partOf(node, 'function') : undefined;
}

function readAssertion(
  node: SyntaxNode,
  parsed: ParsedTests,
  names: ReadonlyMap<string, string>,
): AssertionParts | undefined {
  const { text, language } = parsed;
  const words = (part: SyntaxNode | undefined): string | undefined =>
    part === undefined ? undefined : text.slice(part.start, part.end);
  const shown = (words(node) ?? '').replace(/\s+/gu, ' ');
  const base = {
    text: shown.length > maxShown ? `${shown.slice(0, maxShown).toWellFormed()}…` : shown,
    weak: false,
    subject: undefined,
    expected: undefined,
  };
  if (node.type === 'assert_statement') return { ...base, ...ofAssert(namedParts(node)[0], words) };
  if (language === 'go' && node.type === 'if_statement') return ofGoCondition(node, base, words);
  if (language !== 'python' && language !== 'go' && node.type === 'expression_statement')
    return ofChain(node, base, words);
  const callee = calleeOf(node);
  if (callee === undefined) return undefined;
  const given = namedParts(partOf(node, 'arguments') ?? node).map((part) => words(part) ?? '');
  const called = resolveName(wordsOf(text, callee), names);
  // By its own name: it is there with or without an import.
  const written = wordsOf(text, callee);
  if (language !== 'python' && language !== 'go' && /^expect\b/u.test(written))
    return ofExpect(written, callee, given, { base, words });
  return ofCall(called, given, { base, isGo: language === 'go' });
}

type Base = AssertionParts;
type Words = (part: SyntaxNode | undefined) => string | undefined;

/** Of Python: `assert a == b`, `assert x is not None`. */
function ofAssert(
  said: SyntaxNode | undefined,
  words: Words,
): Pick<AssertionParts, 'subject' | 'expected' | 'weak'> {
  if (said?.type === 'parenthesized_expression') return ofAssert(namedParts(said)[0], words);
  if (said?.type === 'comparison_operator') {
    const parts = namedParts(said);
    const [left, right] = [words(parts[0]), words(parts.at(-1))];
    const operator = said.children.filter(({ field }) => field === 'operators').map((part) => words(part));
    const weak = /^is\s*not/u.test(operator.join(' ')) && right === 'None';
    const isEqual = /^(?:==|is)$/u.test(operator.join(' '));
    return { subject: left, expected: right, weak: weak && !isEqual };
  }
  return { subject: words(said), expected: undefined, weak: false };
}

/** Of Go: the condition under which the test fails. */
function ofGoCondition(node: SyntaxNode, base: Base, words: Words): AssertionParts | undefined {
  const body = words(partOf(node, 'consequence')) ?? '';
  if (!/\b(?:t|tb|b|f)\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(/u.test(body)) return undefined;
  const condition = partOf(node, 'condition');
  if (condition?.type !== 'binary_expression') return { ...base, subject: words(condition) };
  const [left, right] = [words(partOf(condition, 'left')), words(partOf(condition, 'right'))];
  // That there is an error is what `raises` says elsewhere.
  const weak = right === 'nil' && !/err/iu.test(left ?? '') && / == nil\b/u.test(words(condition) ?? '');
  return { ...base, subject: left, expected: right, weak };
}

/** Of chai: `expect(x).to.be.true`, which calls nothing. */
function ofChain(node: SyntaxNode, base: Base, words: Words): AssertionParts | undefined {
  const said = words(node) ?? '';
  const [, subject, rest = ''] = /^(?:await\s+)?expect\(([^]*)\)\.([\w.]+);?$/u.exec(said) ?? [];
  if (subject === undefined || !/\./u.test(rest)) return undefined;
  return { ...base, subject, weak: /(?:^|\.)(?:exist|not\.(?:be\.)?(?:null|undefined))$/u.test(rest) };
}

interface ReadCall {
  readonly base: Base;
  readonly words: Words;
}

const notThere = /^(?:not\.)?(?:toBeDefined|toExist)$|^not\.(?:toBeNull|toBeUndefined|toBeNil)$/u;
const isMockMatcher = /toHaveBeen|toHaveReturned|toHaveNth/u;

/** Of jest, vitest and chai: `expect(subject).toBe(expected)`. */
function ofExpect(
  called: string,
  callee: SyntaxNode,
  given: readonly string[],
  { base, words }: ReadCall,
): AssertionParts | undefined {
  if (/^expect\.(?:fail|unreachable)$/u.test(called)) return base;
  const inner = [...nodesOf(callee)].findLast(
    (each) => each.type === 'call_expression' && /^expect\b/u.test(words(each) ?? ''),
  );
  if (inner === undefined) return undefined;
  const matcher = (words(callee) ?? '')
    .slice((words(inner) ?? '').length)
    .replace(/[\s!]/gu, '')
    .replace(/^\./u, '');
  if (!/\w/u.test(matcher)) return undefined;
  const [subject] = namedParts(partOf(inner, 'arguments') ?? inner).map((part) => words(part) ?? '');
  if (isMockMatcher.test(matcher)) return base;
  return { ...base, subject, expected: given[0], weak: notThere.test(matcher) };
}

/** Of unittest, node:assert, testify and helpers that are called like assertions. */
function ofCall(
  called: string,
  given: readonly string[],
  { base, isGo }: { readonly base: Base; readonly isGo: boolean },
): AssertionParts | undefined {
  const last = called.split('.').at(-1) ?? called;
  if (/^(?:pytest\.)?(?:raises|warns|fail|deprecated_call)$/u.test(called)) return base;
  // In Go a helper gets the test as its first argument, as testify does.
  const [first, second] = isGo && given[0] === 't' ? given.slice(1) : given;
  const isAssert = /^(?:t\.|ctx\.)?assert(?:\.|$)|^assert\/strict|^chai\.assert/u.test(called);
  const ofLibrary =
    isAssert ||
    /^(?:self|cls)\.assert|^t\.(?:is|deepEqual|equal|same|ok|not|true|false|throws\w*|rejects)$|^(?:require|is|qt)\.[A-Z]\w*$|testify/u.test(
      called,
    );
  if (!ofLibrary)
    return /^(?:assert|expect|check|verify|should|must|ensure)/iu.test(last) || /\.should\./u.test(called)
      ? base
      : undefined;
  const isUnary =
    /^(?:ok|assert|assert\/strict|assertTrue|assertFalse|assertIsNone|True|False|true|false|strict)$/u.test(
      last,
    );
  if (isUnary) return { ...base, subject: first };
  if (/^(?:assertIsNotNone|NotNil|NotEmpty)$/u.test(last)) return { ...base, subject: first, weak: true };
  const isAbsence = /^(?:notEqual|notStrictEqual|assertIsNot|assertNotEqual)$/u.test(last);
  if (isAbsence) return { ...base, subject: first, weak: /^(?:null|undefined|None)$/u.test(second ?? '') };
  const compares =
    /^(?:equal|strictEqual|deepEqual|deepStrictEqual|is|same|assertEqual|assertEquals|assertIs|Equal|EqualValues|Exactly)$/u.test(
      last,
    );
  return compares ? { ...base, subject: first, expected: second } : base;
}
