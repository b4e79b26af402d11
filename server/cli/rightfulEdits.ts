import type { Rights } from '../engine/audit/rights.ts';
import type { Edits } from '../engine/ports/edits.ts';

/** The same edits for what a person has a command write: each landing takes the right, and is logged, before a file changes. */
export function withRights(edits: Edits, rights: Pick<Rights, 'take'>): Edits {
  return {
    ...edits,
    unsaved: (root) => edits.unsaved(root),
    current: (root, path, signal) => edits.current(root, path, signal),
    async land(landing, signal) {
      const { root, title, files } = landing;
      const right = { kind: 'land', paths: files.map(({ path }) => path) } as const;
      const by = { kind: 'person', detail: `on the command line: ${title}` } as const;
      const denied = await rights.take(root, { who: { kind: 'person' }, right, by });
      return denied === undefined ? edits.land(landing, signal) : { kind: 'failed', message: denied.message };
    },
  };
}
