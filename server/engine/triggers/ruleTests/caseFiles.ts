import type { FileRead, Files } from '../../ports/files.ts';

/** The files that a case of a rule's tests says are there, and no others. */
export function createCaseFiles(texts: ReadonlyMap<string, string>): Files {
  const read = async (_root: string, path: string): Promise<FileRead> => {
    const text = texts.get(path);
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  };
  return {
    read,
    list: async () => [...texts.keys()].toSorted(),
    listRules: async () => [],
    linkTo: async () => undefined,
    exists: async (_root, path) => texts.has(path),
  };
}
