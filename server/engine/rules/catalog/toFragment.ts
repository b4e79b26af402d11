import type { FileRead } from '../../ports/files.ts';
import type { Fragment } from '../inheritance/expandIncludes.ts';
import { splitFrontmatter } from '../reading/splitFrontmatter.ts';
import type { RuleDocument } from '../rule.ts';

/** What is included of a rule file, or of another file as it was read; `undefined`: nobody has looked yet. */
export function toFragment(source: RuleDocument | FileRead | undefined): Fragment {
  if (source !== undefined && 'file' in source) {
    const { text, file, blocks } = source;
    const body = { start: text.length - file.body.length, end: text.length };
    return { kind: 'text', text, body, blocks: blocks.map(({ span }) => span) };
  }
  if (source?.kind !== 'text') return { kind: 'refused', reason: explainRead(source) };
  return { kind: 'text', text: source.text, body: splitFrontmatter(source.text).body, blocks: [] };
}

function explainRead(read: Exclude<FileRead, { readonly kind: 'text' }> | undefined): string {
  switch (read?.kind) {
    case 'binary':
      return 'is no UTF-8 text, so it is not included';
    case 'tooLarge':
      return `has ${read.bytes} bytes, and at most 1 MB is included`;
    case 'unreadable':
      return 'cannot be read, so it is not included';
    case 'missing':
    case undefined:
      return 'is not there';
  }
}
