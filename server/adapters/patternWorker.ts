import { parentPort } from 'node:worker_threads';

/** What a worker is asked, and what it answers. */
export interface SearchTask {
  readonly id: number;
  readonly source: string;
  readonly flags: string;
  readonly text: string;
}

export interface SearchAnswer {
  readonly id: number;
  /** Start and end of each match in turn; undefined when the pattern is not valid here. */
  readonly offsets: readonly number[] | undefined;
}

const maxMatches = 1000;

parentPort?.on('message', (task: SearchTask) => {
  const answer: SearchAnswer = { id: task.id, offsets: search(task) };
  parentPort?.postMessage(answer);
});
// Loading may take longer than a search may: the deadline of the first one begins here.
parentPort?.postMessage('ready');

function search({ source, flags, text }: SearchTask): readonly number[] | undefined {
  const pattern = compile(source, flags);
  if (pattern === undefined) return undefined;
  const offsets: number[] = [];
  for (const match of text.matchAll(pattern)) {
    offsets.push(match.index, match.index + match[0].length);
    if (offsets.length >= maxMatches * 2) break;
  }
  return offsets;
}

function compile(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, `${flags}g`);
  } catch {
    // Patterns were checked before; what a newer engine accepts may still be unknown to this one.
    return undefined;
  }
}
