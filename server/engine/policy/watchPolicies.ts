import type { NewAuditEntry } from '../../protocol/audit.ts';
import type { Digest } from '../ports/digest.ts';
import type { KeptTexts } from '../ports/keptTexts.ts';
import type { Policies, PolicyText } from '../ports/policies.ts';
import { comparePolicies } from './comparePolicies.ts';

export interface PolicyWatchParts {
  readonly policies: Policies;
  readonly kept: KeptTexts;
  readonly digest: Digest;
  /** Logs what was seen. Never rejects. */
  readonly note: (root: string, entry: NewAuditEntry & { readonly decision: 'noted' }) => Promise<void>;
}

/** By file. */
type Known = Readonly<Record<string, string>>;

/** No text of a policy begins so; it stands for one that is there and cannot be read. */
const unreadable = '\0unreadable';

/**
 * The same policies; what is another than when any process of this user looked last is told, before it decides anything. So a
 * change shows in the log whoever made it, and whether or not we ran then.
 */
export function watchPolicies({ policies, kept, digest, note }: PolicyWatchParts): Policies {
  const known = new Map<string, Known>();
  const compare = async (root: string, now: Known): Promise<void> => {
    const before = parseKnown(await kept.read(root, 'policies.json'));
    // Before anything waits: what asks meanwhile finds it done.
    known.set(root, now);
    const files = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    const changes = files.flatMap((file) => {
      const change = comparePolicies(file, before[file], now[file]);
      return change === undefined ? [] : [{ file, ...change }];
    });
    if (changes.length === 0) return;
    for (const { file, ...change } of changes) {
      const text = now[file];
      const sum = text === undefined || text === unreadable ? {} : { sum: digest(text) };
      await note(root, {
        who: { kind: 'program' },
        right: { kind: 'policy', file, ...change, ...sum },
        decision: 'noted',
        by: { kind: 'program', detail: 'compared with when it was looked at last' },
      });
    }
    await kept.write(root, 'policies.json', JSON.stringify(now));
  };
  return {
    async read(root) {
      const found = await policies.read(root);
      const now = knownOf(found);
      const last = known.get(root);
      if (last === undefined || !isSame(last, now)) await compare(root, now);
      return found;
    },
  };
}

function knownOf(found: readonly PolicyText[]): Known {
  return Object.fromEntries(
    found.map(({ file, text }) => [file, typeof text === 'string' ? text : unreadable]),
  );
}

function isSame(one: Known, other: Known): boolean {
  const files = Object.keys(one);
  return files.length === Object.keys(other).length && files.every((file) => one[file] === other[file]);
}

/** What was kept by an older version, or is damaged, counts as nothing known. */
function parseKnown(text: string | undefined): Known {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}
