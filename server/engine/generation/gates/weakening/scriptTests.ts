import type { SyntaxNode } from '../../../ports/syntax.ts';
import type { Source, TestLanguage } from './testCase.ts';

const testCall = /^(?:[xf]?it|x?test|specify|xspecify)(?:\.\w+)*$/;
const groupCall = /^(?:[xf]?describe|[xf]?context|suite)(?:\.\w+)*$/;
const skipping =
  /^x(?:it|test|specify|describe|context)\b|\.(?:skip|todo|failing|fails|fixme|skipIf|runIf)\b/;
/** `expect(value)` alone asserts nothing. */
const matcher = /^expect(?:\.(?:fail|unreachable)|(?:\.\w+)?\(.*\)\.[\w.]+)$/;
const focusing = /^f(?:it|describe|context)\b|\.only\b/;

/** jest, vitest, mocha and `node:test`. */
export const scriptTests: TestLanguage = {
  begins(node, source) {
    const called = calleeOf(node, source);
    if (called === undefined) return undefined;
    const kind = testCall.test(called) ? 'test' : groupCall.test(called) ? 'group' : undefined;
    const title = firstArgument(node);
    return kind === undefined || title === undefined || !/string/.test(title.type)
      ? undefined
      : { kind, name: source.wordsOf(title).slice(1, -1) };
  },
  isAssertion(node, source) {
    if (node.type !== 'call_expression') return false;
    const called = calleeOf(node, source) ?? '';
    if (/^expect\b/.test(called))
      return matcher.test(called) && !/^expect\((?:true|1)\)\.(?:toBe|toEqual)\b/.test(called);
    return (
      /^(?:t\.|ctx\.)?assert(?:\.\w+)*$|\.should\b/.test(called) &&
      !/^assert(?:\.ok)?\(\s*(?:true|1)\s*\)/.test(source.wordsOf(node))
    );
  },
  markerOf(node, source) {
    if (node.type === 'return_statement') return 'return';
    const called = calleeOf(node, source);
    if (called === undefined) return undefined;
    if (testCall.test(called) || groupCall.test(called)) {
      const word = skipping.exec(called)?.[0] ?? focusing.exec(called)?.[0] ?? switchedOff(node, source);
      return word === undefined ? undefined : focusing.test(called) ? 'only' : word;
    }
    if (/^(?:t|this|ctx|context)\.(?:skip|todo)$/.test(called)) return called;
    // A mock of a module of the project itself may be one of what is tested.
    const isMock = /^(?:jest|vi|vitest|mock)\.(?:mock|doMock|module|unstable_mockModule)$/.test(called);
    const first = firstArgument(node);
    return isMock && first !== undefined && /^['"`]\./.test(source.wordsOf(first)) ? called : undefined;
  },
  detour:
    /^(?:if_statement|for_statement|for_in_statement|while_statement|try_statement|catch_clause|switch_statement|ternary_expression)$/,
};

/** As it is written, `it.skip` or `test.each`; a call of a call by what that calls. */
function calleeOf(node: SyntaxNode, source: Source): string | undefined {
  if (node.type !== 'call_expression') return undefined;
  const callee = node.children.find(({ field }) => field === 'function');
  if (callee === undefined) return undefined;
  if (callee.type === 'call_expression' && !/^expect\b/.test(source.wordsOf(callee)))
    return calleeOf(callee, source);
  const words = source.wordsOf(callee);
  return words.length > 400 ? undefined : words.replace(/\s+/g, '');
}

function firstArgument(node: SyntaxNode): SyntaxNode | undefined {
  return argumentsOf(node)[0];
}

function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const list = node.children.find(({ field }) => field === 'arguments');
  return list?.children.filter(({ isNamed, type }) => isNamed && type !== 'comment') ?? [];
}

/** `{ skip: true }` among the arguments. */
function switchedOff(node: SyntaxNode, source: Source): string | undefined {
  for (const given of argumentsOf(node)) {
    if (given.type !== 'object') continue;
    for (const pair of given.children) {
      const word = /^['"]?(skip|todo|only)['"]?\s*:\s*(?!\s|false\b)/.exec(source.wordsOf(pair))?.[1];
      if (word !== undefined) return word;
    }
  }
  return undefined;
}
