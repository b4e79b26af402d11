import type { FoldingRange } from 'vscode-languageserver/node';
import { findFolds } from '../../engine/authoring/structure/findFolds.ts';
import type { OpenRule } from './openRule.ts';

export function provideFolding({ document, lines }: OpenRule): FoldingRange[] {
  const ranges = new Map<number, FoldingRange>();
  for (const span of findFolds(document)) {
    const { start, end } = lines.toRange(span);
    const known = ranges.get(start.line);
    // An editor folds one stretch from a line: the longest.
    if (end.line > start.line && (known === undefined || known.endLine < end.line))
      ranges.set(start.line, { startLine: start.line, endLine: end.line });
  }
  return [...ranges.values()];
}
