import type { LeftFirings, LoggedFiring } from '../../engine/ports/firingLog.ts';

export type FiringLine =
  | { readonly add: LoggedFiring }
  | { readonly claim: string }
  | { readonly remove: string };

/**
 * What still waits after all lines of these files, whatever their order: one per rule and file, the last that came, where
 * it came first. Lines that were torn are passed over.
 */
export function foldFirings(texts: readonly string[]): LeftFirings['firings'] {
  const added: LoggedFiring[] = [];
  const claimed = new Set<string>();
  const removed = new Set<string>();
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const read = readLine(line);
    if (read === undefined) continue;
    if ('add' in read) added.push(read.add);
    else if ('claim' in read) claimed.add(read.claim);
    else removed.add(read.remove);
  }
  const waiting = new Map<string, LeftFirings['firings'][number]>();
  for (const firing of added) {
    if (removed.has(firing.run)) continue;
    const isClaimed = claimed.has(firing.run);
    // Of two that wait the later is enough; one that began is a run of its own.
    waiting.set(isClaimed ? firing.run : `${firing.ruleId}\n${firing.path}`, {
      ...firing,
      claimed: isClaimed,
    });
  }
  return [...waiting.values()];
}

function readLine(line: string): FiringLine | undefined {
  if (line === '') return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isLine(value) ? value : undefined;
  } catch {
    // Cut while its process died: nobody was told that it is durable.
    return undefined;
  }
}

function isLine(value: unknown): value is FiringLine {
  const line = value as { readonly [key in 'add' | 'claim' | 'remove']?: unknown } | null;
  if (typeof line?.claim === 'string' || typeof line?.remove === 'string') return true;
  const firing = line?.add as Partial<LoggedFiring> | null | undefined;
  return (
    typeof firing?.run === 'string' &&
    typeof firing.ruleId === 'string' &&
    typeof firing.path === 'string' &&
    typeof firing.event === 'string' &&
    typeof firing.origin === 'string' &&
    typeof firing.depth === 'number' &&
    (firing.files === undefined ||
      (Array.isArray(firing.files) && firing.files.every((path) => typeof path === 'string')))
  );
}
