/** `a/parser.js` is `parser`; a Python package is named after its folder. */
export function stemOf(path: string): string {
  const parts = path.split('/');
  const stem = (parts.at(-1) ?? '').replace(/\.[^.]+$/u, '');
  return stem === '__init__' ? (parts.at(-2) ?? stem) : stem;
}

/** What a test file is named after: `test_parser.py`, `parser_test.go`, `parser.spec.ts` and `parser.generated.test.js` after `parser`. */
export function testedStem(test: string): string {
  const name = (test.split('/').at(-1) ?? '').replace(/\.[^.]+$/u, '');
  return name.replace(/^test[_-]|[._-](?:test|spec)$/gu, '').replace(/[._-]generated$/u, '');
}
