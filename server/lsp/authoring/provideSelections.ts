import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver/node';
import { findSelections } from '../../engine/authoring/structure/findSelections.ts';
import type { OpenRule } from './openRule.ts';

export function provideSelections(
  { document, lines }: OpenRule,
  { positions }: SelectionRangeParams,
): SelectionRange[] {
  return positions.map((position) => {
    const spans = findSelections(document, lines.offsetAt(position));
    let outer: SelectionRange | undefined;
    for (const span of spans.toReversed())
      outer = { range: lines.toRange(span), ...(outer === undefined ? {} : { parent: outer }) };
    return outer ?? { range: { start: position, end: position } };
  });
}
