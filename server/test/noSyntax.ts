import type { Syntax } from '../engine/ports/syntax.ts';

/** For tests in which no parser is at hand. */
export const noSyntax: Syntax = {
  check: () => Promise.resolve({ kind: 'notChecked', reason: 'no parser is at hand' }),
  parse: () => Promise.resolve({ kind: 'none', reason: 'no parser is at hand' }),
};
