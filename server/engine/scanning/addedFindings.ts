import type { Finding } from '../../protocol/text.ts';
import { createLineMap } from '../documents/lineMap.ts';

/** Texts by path. */
export type Texts = ReadonlyMap<string, string>;

/**
 * The findings of the text after that the text before did not have, however far they moved: of one rule on alike lines as
 * many count as there are more of them.
 */
export function addedFindings(
  before: { readonly findings: readonly Finding[]; readonly texts: Texts },
  after: { readonly findings: readonly Finding[]; readonly texts: Texts },
): readonly Finding[] {
  const known = new Map<string, number>();
  for (const finding of before.findings) {
    const key = keyOf(finding, before.texts);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return after.findings.filter((finding) => {
    const key = keyOf(finding, after.texts);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}

function keyOf({ path, code, message, range }: Finding, texts: Texts): string {
  const text = texts.get(path) ?? '';
  const lines = createLineMap(text);
  const start = lines.offsetAt({ line: range.start.line, character: 0 });
  const line = text.slice(start).split(/\r\n|\r|\n/u, 1)[0] ?? '';
  return JSON.stringify([path, code, message, line.trim()]);
}
