import type { Span } from '../../documents/span.ts';
import type { FileRead, Files } from '../../ports/files.ts';
import type { Git, GitState } from '../../ports/git.ts';
import type { Patterns } from '../../ports/patterns.ts';
import type { FileEvent } from '../fileEvent.ts';
import { changedLines } from './changedLines.ts';

/** How the tests that concern a file ended last; `notRun`: there are some, and how they end is not known. */
export type TestState = 'red' | 'green' | 'none' | 'notRun';

/** What filters look at beside the event. */
export interface FilterSources {
  readonly files: Files;
  readonly patterns: Patterns;
  /** Without it nobody knows what version control says. */
  readonly git?: Git;
  /** Without it, or where it resolves to undefined, nobody knows how tests ended. */
  readonly testState?: (root: string, path: string, signal: AbortSignal) => Promise<TestState | undefined>;
}

export interface EventFileParts extends FilterSources {
  readonly event: FileEvent;
  readonly signal: AbortSignal;
}

/** The file of an event, and the means to look at it. What has to be asked for is asked for when first needed, and then once. */
export interface EventFile extends EventFileParts {
  /** undefined when there is no text: the file was deleted, is binary, too large or unreadable. */
  text(): Promise<string | undefined>;
  /** The runs of lines that the event changed; undefined when the text now or before is not known. */
  changes(): Promise<Changes | undefined>;
  /** undefined when version control says nothing. */
  gitState(): Promise<GitState | undefined>;
  /** undefined when nobody knows. */
  tests(): Promise<TestState | undefined>;
}

export interface Changes {
  readonly text: string;
  /** In order. */
  readonly spans: readonly Span[];
}

export const maxFileLength = 1_048_576;

export function createEventFile(parts: EventFileParts): EventFile {
  const { event, git, testState, signal } = parts;
  const { root, path } = event;
  const text = once(() => readText(parts));
  const gitState = once(async () => git?.state(root, path, signal));
  const changes = once(async () => {
    const now = await text();
    const before = now === undefined ? undefined : await readBefore(parts, gitState);
    return now === undefined || before === undefined
      ? undefined
      : { text: now, spans: changedLines(before, now) };
  });
  return { ...parts, text, gitState, changes, tests: once(async () => testState?.(root, path, signal)) };
}

function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return () => (asked ??= ask());
}

async function readText({ event, files, signal }: EventFileParts): Promise<string | undefined> {
  if (event.name === 'delete') return undefined;
  if (event.text !== undefined) return event.text.length > maxFileLength ? undefined : event.text;
  const read: FileRead = await files.read(event.root, event.path, signal);
  return read.kind === 'text' ? read.text : undefined;
}

/** As the event says, else as it was committed last; a file that is new had no text. */
async function readBefore(
  { event, git, signal }: EventFileParts,
  gitState: EventFile['gitState'],
): Promise<string | undefined> {
  const { root, path, name, names = [name], oldPath = path } = event;
  const before =
    event.before ?? (names.includes('create') ? '' : await git?.committed(root, oldPath, signal));
  if (before !== undefined) return before.length > maxFileLength ? undefined : before;
  const state = await gitState();
  return state?.untracked === true || state?.staged === true ? '' : undefined;
}
