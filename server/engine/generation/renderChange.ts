import { structuredPatch } from 'diff';

const maxLines = 200;
/** A rewrite is better read as the new text alone. */
const maxShare = 0.6;

/** The lines that changed, as hunks without names or digests. undefined: nothing changed, or nearly everything did. */
export function renderChange(before: string, after: string): string | undefined {
  const [old, now] = [before, after].map((text) => text.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n')) as [
    string,
    string,
  ];
  const { hunks } = structuredPatch('', '', old, now, '', '', { context: 2, timeout: 500 }) ?? { hunks: [] };
  const lines = hunks.flatMap((hunk) => [`@@ line ${hunk.newStart} @@`, ...hunk.lines]);
  const changed = lines.filter((line) => /^[+-]/u.test(line)).length;
  if (changed === 0 || lines.length > maxLines || changed > maxShare * now.split('\n').length)
    return undefined;
  return lines.join('\n');
}
