import type { FileRead, Files } from '../../ports/files.ts';
import type { Patterns } from '../../ports/patterns.ts';
import type { FileEvent } from '../fileEvent.ts';

/** The file of an event, and the means to look at it. Its text is read when first asked for, and then once. */
export interface EventFile {
  readonly event: FileEvent;
  readonly files: Files;
  readonly patterns: Patterns;
  readonly signal: AbortSignal;
  /** undefined when there is no text: the file was deleted, is binary, too large or unreadable. */
  text(): Promise<string | undefined>;
}

export interface EventFileParts {
  readonly event: FileEvent;
  readonly files: Files;
  readonly patterns: Patterns;
  readonly signal: AbortSignal;
}

export const maxFileLength = 1_048_576;

export function createEventFile(parts: EventFileParts): EventFile {
  let reading: Promise<string | undefined> | undefined;
  return {
    ...parts,
    text: () => {
      reading ??= readText(parts);
      return reading;
    },
  };
}

async function readText({ event, files, signal }: EventFileParts): Promise<string | undefined> {
  if (event.name === 'delete') return undefined;
  if (event.text !== undefined) return event.text.length > maxFileLength ? undefined : event.text;
  const read: FileRead = await files.read(event.root, event.path, signal);
  return read.kind === 'text' ? read.text : undefined;
}
