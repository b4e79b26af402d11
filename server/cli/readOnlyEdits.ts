import type { Edits } from '../engine/ports/edits.ts';

/** The user's files without a way into them: what a command line without `--apply` gets. */
export function withoutLanding(edits: Edits, flag: '--apply' | '--write'): Edits {
  return {
    unsaved: (root) => edits.unsaved(root),
    current: (root, path, signal) => edits.current(root, path, signal),
    land: async () => ({ kind: 'failed', message: `Nothing is written without ${flag}.` }),
  };
}
