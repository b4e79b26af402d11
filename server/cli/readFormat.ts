import { findingFormats, type FindingFormat } from './render/renderReport.ts';
import type { Words } from './words.ts';

/** How findings shall be printed; `--json` is the short form of one. */
export function readFormat(words: Words): FindingFormat {
  return words.choice('format', findingFormats) ?? (words.flag('json') ? 'json' : 'human');
}
