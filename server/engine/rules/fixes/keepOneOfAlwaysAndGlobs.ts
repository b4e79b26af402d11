import { findEntry, readFrontmatterRegion } from '../editing/keyRegion.ts';
import { removeEntry, replaceValue } from '../editing/editKeys.ts';
import { splitFrontmatter } from '../reading/splitFrontmatter.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.always-and-globs`: either can be meant, so neither is certain. */
export const keepOneOfAlwaysAndGlobs: FixFinder = ({ text }) => {
  const parts = splitFrontmatter(text);
  if (parts.kind !== 'frontmatter') return [];
  const region = readFrontmatterRegion(text, parts.inner);
  const always = findEntry(region, 'alwaysApply');
  const globs = findEntry(region, 'globs');
  if (always === undefined || globs === undefined) return [];
  return [
    {
      title: 'Attach it by its globs: `alwaysApply: false`',
      isCertain: false,
      edits: [replaceValue(region, always, 'false')],
    },
    {
      title: 'Keep it in every prompt: remove `globs`',
      isCertain: false,
      edits: [removeEntry(region, globs)],
    },
  ];
};
