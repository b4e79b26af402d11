import type { Patterns } from '../engine/ports/patterns.ts';

/** The patterns port without a worker or a deadline: for tests whose patterns are known to end. */
export const scriptPatterns: Patterns = {
  search: async ({ source, flags }, text) => {
    const matches = [...text.matchAll(new RegExp(source, `${flags}g`))].slice(0, 1000);
    return {
      kind: 'matches',
      spans: matches.map((match) => ({ start: match.index, end: match.index + match[0].length })),
    };
  },
};

/** The patterns port when every deadline passes. */
export const latePatterns: Patterns = {
  search: async () => ({ kind: 'unknown', reason: 'its pattern took longer than 50 ms' }),
};
