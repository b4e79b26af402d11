import { readBlockRegion, readFrontmatterRegion, type KeyRegion } from '../editing/keyRegion.ts';
import { findRuleBlocks } from '../reading/findRuleBlocks.ts';
import { splitFrontmatter } from '../reading/splitFrontmatter.ts';
import type { RuleDocument } from '../rule.ts';

/** The keys around an offset: of the frontmatter, or of the `<rule>` block that holds it. */
export function readRegionAt({ text }: RuleDocument, offset: number): KeyRegion | undefined {
  const parts = splitFrontmatter(text);
  const hasKeys = parts.kind === 'frontmatter' || parts.kind === 'unclosed';
  if (hasKeys && offset >= parts.inner.start && offset < parts.inner.end)
    return readFrontmatterRegion(text, parts.inner);
  const block = findRuleBlocks(text, parts.body).find(
    ({ inner }) => offset >= inner.start && offset < inner.end,
  );
  return block && readBlockRegion(text, block.inner);
}
