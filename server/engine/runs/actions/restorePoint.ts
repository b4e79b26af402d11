import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { RunScope } from '../runScope.ts';

/** Of so many files at most, and of so many UTF-16 units together, the text is kept while a command works. */
const maxFiles = 400;
const maxKeptChars = 8_000_000;
/** What a journal takes of it for one action, in UTF-16 units. */
const maxWrittenChars = 2_000_000;

/** Texts of a folder as a command found them. */
export type RestorePoint = ReadonlyMap<string, string>;

/**
 * Keeps the texts of the files that a command is most likely to change: the run's own, then those that were changed last,
 * which version control is least likely to have. It is held in memory; nothing is written, least of all into `.git`.
 */
export async function keepTexts(
  { deps, root, file }: Pick<RunScope, 'deps' | 'root' | 'file'>,
  states: ReadonlyMap<string, string>,
): Promise<RestorePoint> {
  const { signal } = new AbortController();
  const texts = new Map<string, string>();
  const ordered = [file, ...[...states.keys()].filter((path) => path !== file)].slice(0, maxFiles);
  let chars = 0;
  for (const path of ordered) {
    if (chars >= maxKeptChars) break;
    const read = await deps.files.read(root, path, signal);
    if (read.kind !== 'text') continue;
    texts.set(path, read.text);
    chars += read.text.length;
  }
  return texts;
}

/** A file that a command changed; `text` undefined: it is gone. */
export interface ChangedText {
  readonly path: string;
  readonly wasThere: boolean;
  readonly text: string | undefined;
}

/** Those whose earlier text is known, as far as a journal takes them: what the run can be undone from. */
export function writtenFiles(changed: readonly ChangedText[], kept: RestorePoint): readonly ProposedFile[] {
  const written: ProposedFile[] = [];
  let chars = 0;
  for (const { path, wasThere, text } of changed) {
    const before = kept.get(path);
    if (wasThere && before === undefined) continue;
    chars += (before?.length ?? 0) + (text?.length ?? 0);
    if (chars > maxWrittenChars) break;
    written.push({
      path,
      ...(before === undefined ? {} : { before }),
      ...(text === undefined ? {} : { after: text }),
    });
  }
  return written;
}
