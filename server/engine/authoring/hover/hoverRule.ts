import type { Span } from '../../documents/span.ts';
import type { AuthoringFile } from '../authoringFile.ts';
import { outlineOf } from '../outline/documentOutline.ts';
import { findPlace } from '../outline/findPlace.ts';
import { explainRule } from './explainRule.ts';
import type { Hover } from './hover.ts';
import { hoverReference } from './hoverReference.ts';
import { hoverValue } from './hoverValue.ts';
import { hoverKey } from './hoverKey.ts';
import { hoverVariable } from './hoverVariable.ts';

/** What stands at the offset, explained; undefined where there is nothing to say. */
export function hoverRule(file: AuthoringFile, offset: number): Hover | undefined {
  return hoverFence(file, offset) ?? hoverReference(file, offset) ?? hoverKeys(file, offset);
}

function hoverKeys(file: AuthoringFile, offset: number): Hover | undefined {
  const found = findPlace(file.document, offset);
  if (found.kind !== 'keys') return undefined;
  const at = { ...file, offset, place: found.place };
  return hoverVariable(at) ?? (found.place.kind === 'key' ? hoverKey(at) : hoverValue(at));
}

/** On the opening fence or tag stands what the rule is as a whole. */
function hoverFence(file: AuthoringFile, offset: number): Hover | undefined {
  const { frontmatter, blocks } = outlineOf(file.document);
  const within = ({ start, end }: Span): boolean => offset >= start && offset < end;
  const fence = frontmatter && { start: frontmatter.whole.start, end: frontmatter.whole.start + 3 };
  if (fence && within(fence)) return { markdown: explainRule(file, file.document.file), span: fence };
  const index = blocks.findIndex(({ tag }) => within(tag));
  const [block, rule] = [blocks[index], file.document.blocks[index]];
  return block && rule && { markdown: explainRule(file, rule), span: block.tag };
}
