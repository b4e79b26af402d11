import type { FileRead, Files } from '../engine/ports/files.ts';

/** Files of one or more roots in memory; counts what is asked of it, so that tests can say what was not read again. */
export interface InMemoryFiles extends Files {
  /** Paths that were read, in order, with repetitions. */
  readonly reads: readonly string[];
  /** How often `list` or `listRules` was called. */
  readonly lists: number;
  /** `text` undefined deletes the file. */
  write(path: string, text: string | undefined): void;
  /** Makes reads of this file end so, whatever its text is. */
  setRead(path: string, read: FileRead): void;
  resetCounts(): void;
}

const ignored = /(?:^|\/)(?:node_modules|\.git|\.venv|dist|build|target)\//;
const ruleFile = /(?:\.mdc|\.mdc\.md|(?:^|\/)RULE\.md|(?:^|\/)\.cursorrules)$/;

/** The same files are seen from every root. */
export function createInMemoryFiles(texts: Readonly<Record<string, string>> = {}): InMemoryFiles {
  const files = new Map(Object.entries(texts));
  const results = new Map<string, FileRead>();
  const reads: string[] = [];
  let lists = 0;
  const list = (keep: (path: string) => boolean): readonly string[] => {
    lists += 1;
    return [...new Set([...files.keys(), ...results.keys()])].filter(keep).sort();
  };
  const readNow = (path: string, maxBytes: number): FileRead => {
    const scripted = results.get(path);
    if (scripted !== undefined) return scripted;
    const text = files.get(path);
    if (text === undefined) return { kind: 'missing' };
    if (text.includes('\0')) return { kind: 'binary' };
    const bytes = new TextEncoder().encode(text).length;
    return bytes > maxBytes ? { kind: 'tooLarge', bytes } : { kind: 'text', text };
  };
  return {
    reads,
    get lists() {
      return lists;
    },
    write: (path, text) => {
      results.delete(path);
      if (text === undefined) files.delete(path);
      else files.set(path, text);
    },
    setRead: (path, read) => void results.set(path, read),
    resetCounts: () => {
      reads.length = 0;
      lists = 0;
    },
    read: async (_root, path, _signal, maxBytes = 1_048_576) => {
      reads.push(path);
      return readNow(path, maxBytes);
    },
    list: async (_root, _signal, within) =>
      list((path) => !ignored.test(path) && (within?.some((each) => liesIn(path, each)) ?? true)),
    listRules: async () => list((path) => ruleFile.test(path) && !/(?:^|\/)node_modules\//.test(path)),
    linkTo: async () => undefined,
    exists: async (_root, path) => files.has(path),
  };
}

function liesIn(path: string, fileOrFolder: string): boolean {
  return path === fileOrFolder || path.startsWith(`${fileOrFolder}/`);
}
