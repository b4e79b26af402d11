import { passed, refuse, type Gate } from './gate.ts';

const maxBytes = 1024 * 1024;

/** A text file of at most 1 MiB. */
export const sizeGate: Gate = {
  name: 'size',
  judge({ after }) {
    if (after === undefined) return passed('deleted');
    if (after.length > maxBytes || new TextEncoder().encode(after).length > maxBytes)
      return refuse('the file would be larger than 1 MiB');
    if (after.includes('\u0000'))
      return refuse('the file would hold a NUL character, so it would be no text');
    return after.isWellFormed()
      ? passed()
      : refuse('the file would hold half a character (a lone surrogate)');
  },
};
