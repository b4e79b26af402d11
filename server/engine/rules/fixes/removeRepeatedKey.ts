import { readRegionAt } from './keyRegions.ts';
import { findEntryLines, findEntry } from '../editing/keyRegion.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.duplicate-key`: the later of two that say the same, or that is empty. Which of two values is meant, nobody knows. */
export const removeRepeatedKey: FixFinder = (document, { span }) => {
  const { text } = document;
  const region = readRegionAt(document, span.start);
  const entry = region?.entries.find(({ keySpan }) => keySpan.start === span.start);
  const first = entry && region && findEntry(region, entry.key);
  if (entry === undefined || first === undefined || first === entry) return [];
  const value = text.slice(entry.value.start, entry.value.end);
  const isCertain = value === '' || value === text.slice(first.value.start, first.value.end);
  return [
    replaceText(`Remove this \`${entry.key}\``, {
      span: findEntryLines(text, entry),
      newText: '',
      isCertain,
    }),
  ];
};
