import type { RunDeps } from './runScope.ts';

/**
 * Logs that a folder became trusted, or is no longer, where that is another answer than any process of this user saw last. It is
 * the editor that asks and decides, also while we do not run. Never rejects.
 */
export async function noteTrust(
  { consent, kept, log, rights }: Pick<RunDeps, 'consent' | 'kept' | 'log' | 'rights'>,
  root: string,
): Promise<void> {
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
