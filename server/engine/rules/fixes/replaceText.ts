import type { Span } from '../../documents/span.ts';
import type { RuleFix } from './ruleFix.ts';

/** A fix of one edit. */
export function replaceText(
  title: string,
  {
    span,
    newText,
    isCertain,
  }: { readonly span: Span; readonly newText: string; readonly isCertain: boolean },
): RuleFix {
  return { title, isCertain, edits: [{ span, newText }] };
}
