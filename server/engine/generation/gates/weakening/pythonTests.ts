import type { TestLanguage } from './testCase.ts';

const skipping =
  /(?:^|[.@])(?:skip|skipif|skipIf|skipUnless|skipTest|xfail|expectedFailure|importorskip)(?:\(|$)/;

/** pytest and unittest. */
export const pythonTests: TestLanguage = {
  begins(node, source, above) {
    // Its decorators belong to it.
    if (above?.type === 'decorated_definition') return undefined;
    const defined =
      node.type === 'decorated_definition' ? node.children.find(({ field }) => field === 'definition') : node;
    if (defined?.type !== 'function_definition' && defined?.type !== 'class_definition') return undefined;
    const named = defined.children.find(({ field }) => field === 'name');
    const name = named === undefined ? '' : source.wordsOf(named);
    if (defined.type === 'class_definition') return { kind: 'group', name };
    return name.startsWith('test') ? { kind: 'test', name } : undefined;
  },
  isAssertion(node, source) {
    if (node.type === 'assert_statement')
      return !/^assert\s*\(?\s*(?:True|1)\b\s*\)?\s*(?:,|$)/.test(source.wordsOf(node));
    if (node.type !== 'call') return false;
    const called = source.wordsOf(node.children[0] ?? node);
    return /^(?:self|cls)\.(?:assert\w+|fail)$|^(?:pytest\.)?(?:raises|warns|fail|deprecated_call)$/.test(
      called,
    );
  },
  markerOf(node, source, above) {
    if (node.type === 'decorator') return markerIn(source.wordsOf(node));
    if (node.type === 'call' && above?.type !== 'decorator') {
      const called = source.wordsOf(node.children[0] ?? node);
      if (/^(?:pytest|self|unittest)\.(?:skip|skipTest|xfail|importorskip)$/.test(called)) return called;
      return /(?:^|\.)(?:patch|patch\.\w+)$|^monkeypatch\.\w+$/.test(called) ? called : undefined;
    }
    if (node.type === 'assignment') {
      const written = source.wordsOf(node);
      return /^(?:pytestmark\b.*(?:skip|xfail)|__test__\s*=\s*False)/.test(written)
        ? written.slice(0, 40)
        : undefined;
    }
    return node.type === 'return_statement' ? 'return' : undefined;
  },
  detour:
    /^(?:if_statement|for_statement|while_statement|try_statement|except_clause|match_statement|lambda|function_definition)$/,
};

function markerIn(decorator: string): string | undefined {
  const bare = decorator.replace(/\s+/g, '');
  return skipping.test(bare) || /(?:^@|\.)patch\b/.test(bare) ? bare.slice(0, 40) : undefined;
}
