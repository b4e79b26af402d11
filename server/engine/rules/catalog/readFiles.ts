import type { FileRead, Files } from '../../ports/files.ts';
import { createUnreadDocument, maxRuleFileLength, parseRuleDocument } from '../parseRuleDocument.ts';
import type { RuleDocument } from '../rule.ts';
import type { Looked, Wish } from './lookedUpFiles.ts';

/** What is to be found out of which path; `document`: it is a rule file. */
export type Wishes = ReadonlyMap<string, Wish | 'document'>;

/** What a path came to; a rule file that is not there is `undefined`. */
export type FoundFile =
  | { readonly kind: 'document'; readonly path: string; readonly document: RuleDocument | undefined }
  | (Looked & { readonly path: string });

export interface ReadOptions {
  readonly files: Files;
  readonly root: string;
  /** Of whoever asked for a rule file; what is asked for by nobody else is read in any case. */
  readonly signalOf: (path: string) => AbortSignal | undefined;
  /** A document that was read before: with the same text it need not be read again. */
  readonly known: (path: string) => RuleDocument | undefined;
}

const parallelReads = 16;
const maxBytes = maxRuleFileLength * 3;
const neverAborted = new AbortController().signal;

/** Reads a few at a time: a repository may hold thousands of rules. What was aborted is not among the results. */
export async function readFiles(wishes: Wishes, options: ReadOptions): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  const queue = wishes.entries();
  const work = async (): Promise<void> => {
    for (const [path, wish] of queue) {
      const signal = options.signalOf(path) ?? neverAborted;
      if (signal.aborted) continue;
      const each = await readOne(path, wish, { ...options, signal });
      if (!signal.aborted) found.push(each);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallelReads, wishes.size) }, work));
  return found;
}

async function readOne(
  path: string,
  wish: Wish | 'document',
  { files, root, known, signal }: ReadOptions & { readonly signal: AbortSignal },
): Promise<FoundFile> {
  if (wish === 'existence') return { kind: 'exists', path, exists: await files.exists(root, path, signal) };
  if (wish === 'text') return { kind: 'read', path, read: await files.read(root, path, signal) };
  const read = await files.read(root, path, signal, maxBytes);
  return { kind: 'document', path, document: toDocument(path, read, known(path)) };
}

function toDocument(path: string, read: FileRead, known: RuleDocument | undefined): RuleDocument | undefined {
  if (read.kind === 'missing') return undefined;
  if (read.kind !== 'text') return createUnreadDocument(path, explain(read));
  return known?.text === read.text && read.text !== '' ? known : parseRuleDocument(path, read.text);
}

function explain(read: Exclude<FileRead, { kind: 'text' | 'missing' }>): {
  readonly code: string;
  readonly message: string;
} {
  switch (read.kind) {
    case 'binary':
      return {
        code: 'rule.unreadable',
        message: 'This file is no UTF-8 text: save it as UTF-8 without NUL characters.',
      };
    case 'tooLarge':
      return {
        code: 'rule.too-large',
        message: `A rule file has at most 1 MB; this one has ${read.bytes} bytes and was not read.`,
      };
    case 'unreadable':
      return { code: 'rule.unreadable', message: `This file could not be read: ${read.message}` };
  }
}
