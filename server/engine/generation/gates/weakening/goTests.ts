import type { TestLanguage } from './testCase.ts';

/** The package `testing`, and testify. */
export const goTests: TestLanguage = {
  begins(node, source) {
    if (node.type === 'function_declaration') {
      const named = node.children.find(({ field }) => field === 'name');
      const name = named === undefined ? '' : source.wordsOf(named);
      return /^(?:Test|Fuzz|Example|Benchmark)(?![a-z])/.test(name) ? { kind: 'test', name } : undefined;
    }
    if (node.type !== 'call_expression') return undefined;
    const title = /^\w+\.Run\(\s*("[^"\n]*"|`[^`]*`)\s*,\s*func\b/.exec(
      source.wordsOf(node).slice(0, 400),
    )?.[1];
    return title === undefined ? undefined : { kind: 'test', name: title.slice(1, -1) };
  },
  isAssertion(node, source) {
    if (node.type !== 'call_expression') return false;
    const called = source.wordsOf(node.children[0] ?? node);
    return /^(?:t|tb|b|f)\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)$|^(?:assert|require|is|qt)\.\w+$/.test(
      called,
    );
  },
  markerOf(node, source) {
    if (node.type === 'return_statement') return 'return';
    if (node.type !== 'call_expression') return undefined;
    const called = source.wordsOf(node.children[0] ?? node);
    return /^(?:t|tb|b|f)\.(?:Skip|Skipf|SkipNow)$/.test(called) ? called : undefined;
  },
  // The condition is what is asserted: `if got != want { t.Errorf(…) }`.
  detour: /^(?:if_statement|for_statement|expression_switch_statement)$/,
};
