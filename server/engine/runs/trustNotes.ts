import type { RunDeps } from './runScope.ts';

type TrustDeps = Pick<RunDeps, 'consent' | 'interactive' | 'kept' | 'log' | 'rights'>;

/**
 * Logs that folders became trusted, or are no longer, where that is another answer than any process of this user saw last: in an
 * editor it is the editor that asks and decides, also while we do not run. On the command line trust is a word for one invocation,
 * and logged where that is read.
 */
export class TrustNotes {
  readonly #deps: TrustDeps;
  /** One after the other: what one logs the next one knows. Never rejects. */
  #last: Promise<void> = Promise.resolve();

  constructor(deps: TrustDeps) {
    this.#deps = deps;
  }

  get settled(): Promise<void> {
    return this.#last;
  }

  note(folders: readonly { readonly root: string }[]): void {
    if (!this.#deps.interactive) return;
    for (const { root } of folders) this.#last = this.#last.then(() => noteTrust(this.#deps, root));
  }
}

async function noteTrust({ consent, kept, log, rights }: TrustDeps, root: string): Promise<void> {
  const now = consent.isTrusted(root) ? 'trusted' : 'restricted';
  const before = (await kept.read(root, 'trust.txt')) ?? 'restricted';
  if (now === before) return;
  const asked = { who: { kind: 'person' }, right: { kind: 'trust' } } as const;
  const by = { kind: 'trust', detail: 'the editor' } as const;
  if (now === 'restricted') await rights.note(root, { ...asked, by, decision: 'denied' });
  else {
    const denied = await rights.take(root, { ...asked, by });
    if (denied !== undefined)
      return log.warn(`The folder is trusted, which is not logged: ${denied.message}`);
  }
  await kept.write(root, 'trust.txt', now);
}
