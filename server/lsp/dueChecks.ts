import { createTurns } from './turns.ts';

/** What is done about a document; stopped by the signal when it is done anew. */
export type DocumentCheck = (signal: AbortSignal) => void;

/** One check of each document, which waits until typing has paused. */
export interface DueChecks {
  /** The document was typed in: it is checked after a pause from now, and what was due or is under way is not. */
  typed(uri: string, check: DocumentCheck): void;
  /** Something else has changed: a check that has yet to begin sees it, any other is done again. */
  again(uri: string, check: DocumentCheck): void;
  /** Typing is over: what waits begins with the next turn. */
  hurry(uri: string): void;
  cancel(uri: string): void;
  cancelAll(): void;
}

interface Due {
  readonly hurry: () => void;
  readonly cancel: () => void;
  readonly hasBegun: () => boolean;
}

export function createDueChecks(pauseMs: number): DueChecks {
  const due = new Map<string, Due>();
  // Much may be due at once, which must not hold up what is asked meanwhile.
  const turns = createTurns();

  const cancel = (uri: string): void => {
    due.get(uri)?.cancel();
    due.delete(uri);
  };
  const typed = (uri: string, check: DocumentCheck): void => {
    cancel(uri);
    let abort: AbortController | undefined;
    let takeBack: (() => void) | undefined;
    const queue = (): void => {
      takeBack ??= turns.add(() => check((abort = new AbortController()).signal));
    };
    const timer = setTimeout(queue, pauseMs);
    due.set(uri, {
      hurry() {
        clearTimeout(timer);
        queue();
      },
      cancel() {
        clearTimeout(timer);
        takeBack?.();
        abort?.abort();
      },
      hasBegun: () => abort !== undefined,
    });
  };
  return {
    typed,
    again(uri, check) {
      if (due.get(uri)?.hasBegun() !== false) typed(uri, check);
    },
    hurry: (uri) => due.get(uri)?.hurry(),
    cancel,
    cancelAll() {
      for (const uri of due.keys()) cancel(uri);
    },
  };
}
