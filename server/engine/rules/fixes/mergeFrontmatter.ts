import type { Span } from '../../documents/span.ts';
import { readFrontmatterRegion, findEntryLines, type KeyRegion } from '../editing/keyRegion.ts';
import { splitFrontmatter, type FileParts } from '../reading/splitFrontmatter.ts';
import type { RuleDocument } from '../rule.ts';
import type { TextEdit } from '../textEdit.ts';
import type { FixFinder } from './ruleFix.ts';

/**
 * `rule.second-frontmatter`: one frontmatter with the keys of both. Of a key that is in both the value that says
 * something stays; where both say something, and not the same, the second is the likelier one, and not for certain.
 */
export const mergeFrontmatter: FixFinder = (document, { span }) => {
  const both = readBoth(document, span);
  if (both === undefined) return [];
  const { first, second } = both;
  const dropped: TextEdit[] = [];
  let isCertain = true;
  for (const entry of first.region.entries) {
    const other = second.region.entries.find(({ key }) => key === entry.key);
    if (other === undefined) continue;
    const [left, right] = [valueOf(first.region, entry.value), valueOf(second.region, other.value)];
    const isSame = left === '' || right === '' || left === right;
    if (!isSame) isCertain = false;
    const loser =
      left === '' || !isSame ? { region: first.region, entry } : { region: second.region, entry: other };
    dropped.push({ span: findEntryLines(document.text, loser.entry), newText: '' });
  }
  return [
    {
      title: 'Merge it into the first frontmatter',
      isCertain,
      edits: [...dropped, joinParts(first, second)],
    },
  ];
};

interface Part {
  readonly parts: FileParts & { readonly kind: 'frontmatter' };
  readonly region: KeyRegion;
}

function readBoth(
  { text }: RuleDocument,
  span: Span,
): { readonly first: Part; readonly second: Part } | undefined {
  const parts = splitFrontmatter(text);
  if (parts.kind !== 'frontmatter') return undefined;
  const below = splitFrontmatter(text.slice(span.start));
  if (below.kind !== 'frontmatter') return undefined;
  const move = ({ start, end }: Span): Span => ({ start: start + span.start, end: end + span.start });
  const moved = { ...below, whole: move(below.whole), inner: move(below.inner), body: move(below.body) };
  return {
    first: { parts, region: readFrontmatterRegion(text, parts.inner) },
    second: { parts: moved, region: readFrontmatterRegion(text, moved.inner) },
  };
}

function valueOf({ text }: KeyRegion, value: Span): string {
  return text.slice(value.start, value.end);
}

/** Without the fence that closes the first and the one that opens the second. */
function joinParts(first: Part, second: Part): TextEdit {
  return { span: { start: first.parts.inner.end, end: second.parts.inner.start }, newText: '' };
}
