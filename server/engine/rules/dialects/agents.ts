import type { Dialect } from './dialect.ts';
import { placeNamed } from './dialectPaths.ts';
import { writeTextFiles } from './textFiles.ts';

/**
 * AGENTS.md: plain Markdown without keys, in any folder; it is about the files below its folder, and the nearest one goes
 * before those further up. Sources: https://agents.md and https://www.mintlify.com/agentsmd/agents.md/reference/format
 * (no schema, case-sensitive name), .../guides/monorepos (nested files).
 */
export const agents: Dialect = {
  id: 'agents',
  label: 'AGENTS.md',
  keys: [],
  place: (path) => placeNamed(path, 'AGENTS.md', 'agents'),
  interpret: () => ({ kind: 'always', globsKey: undefined, description: '', label: undefined, lost: [] }),
  write: (rules) => writeTextFiles(rules, 'AGENTS.md', 'AGENTS.md'),
};
