import type { Finding } from '../../protocol/text.ts';
import type { CachedCheck, CheckCache } from '../ports/checkCache.ts';
import type { Digest } from '../ports/digest.ts';
import type { Files } from '../ports/files.ts';
import type { Git } from '../ports/git.ts';
import type { Patterns } from '../ports/patterns.ts';
import type { RuleStore } from '../rules/ruleStore.ts';

export interface CheckMemoryParts {
  readonly checkCache: CheckCache;
  readonly digest: Digest;
  readonly rules: RuleStore;
  readonly root: string;
}

/** What a check looks at beside the text of its file and the rules. */
export interface CheckSources {
  readonly files: Files;
  readonly patterns: Patterns;
  readonly git: Git;
}

/** Earlier findings in files that did not change since, under the same rules. */
export class RememberedChecks {
  readonly #parts: CheckMemoryParts;
  readonly #key: string;
  readonly #known: ReadonlyMap<string, CachedCheck>;
  readonly #kept = new Map<string, CachedCheck>();
  #isNew = false;

  private constructor(parts: CheckMemoryParts, key: string, known: ReadonlyMap<string, CachedCheck>) {
    this.#parts = parts;
    this.#key = key;
    this.#known = known;
  }

  static async load(parts: CheckMemoryParts): Promise<RememberedChecks> {
    const key = keyOf(parts);
    return new RememberedChecks(parts, key, await parts.checkCache.load(parts.root, key));
  }

  /** What was found in the file while it was as it is; undefined where that is not known. */
  recall(path: string): readonly Finding[] | undefined {
    const known = this.#known.get(path);
    if (known !== undefined) this.#kept.set(path, known);
    return known?.findings;
  }

  /** What is found in the file now, to be kept where it can be. */
  async find(
    path: string,
    sources: CheckSources,
    find: (sources: CheckSources) => Promise<readonly Finding[]>,
  ): Promise<readonly Finding[]> {
    const { checkCache, root } = this.#parts;
    // Before the text is read: if the file changes meanwhile, its next stamp is another.
    const stamp = checkCache.stamp(root, path);
    const watched = watchSources(sources);
    const findings = await find(watched.sources);
    if (stamp !== undefined && watched.isOfTextAlone()) {
      this.#kept.set(path, { stamp, findings });
      this.#isNew = true;
    }
    return findings;
  }

  /** Keeps what was found, and of earlier findings those that were asked for. */
  async save(): Promise<void> {
    const { checkCache, root } = this.#parts;
    if (this.#isNew || this.#kept.size !== this.#known.size)
      await checkCache.save(root, this.#key, this.#kept);
  }
}

/** All that the rules say, with what they inherit and include, and where it stands. */
function keyOf({ rules, digest }: CheckMemoryParts): string {
  return digest(JSON.stringify(rules.liveRules()));
}

/**
 * Tells whether a check looked at anything else: at other files, at version control, or at the clock, by a pattern that took
 * too long.
 */
function watchSources({ files, patterns, git }: CheckSources): {
  readonly sources: CheckSources;
  readonly isOfTextAlone: () => boolean;
} {
  let isOfTextAlone = true;
  const noted = <Given extends readonly unknown[], Answer>(ask: (...given: Given) => Answer) => {
    return (...given: Given): Answer => {
      isOfTextAlone = false;
      return ask(...given);
    };
  };
  const sources: CheckSources = {
    files: {
      read: noted((...given: Parameters<Files['read']>) => files.read(...given)),
      list: noted((...given: Parameters<Files['list']>) => files.list(...given)),
      listRules: noted((...given: Parameters<Files['listRules']>) => files.listRules(...given)),
      linkTo: noted((...given: Parameters<Files['linkTo']>) => files.linkTo(...given)),
      exists: noted((...given: Parameters<Files['exists']>) => files.exists(...given)),
    },
    git: {
      committed: noted((...given: Parameters<Git['committed']>) => git.committed(...given)),
      state: noted((...given: Parameters<Git['state']>) => git.state(...given)),
    },
    patterns: {
      async search(...given) {
        const found = await patterns.search(...given);
        if (found.kind === 'unknown') isOfTextAlone = false;
        return found;
      },
    },
  };
  return { sources, isOfTextAlone: () => isOfTextAlone };
}
