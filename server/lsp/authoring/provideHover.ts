import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver/node';
import { hoverRule } from '../../engine/authoring/hover/hoverRule.ts';
import type { OpenRule } from './openRule.ts';

export function provideHover(rule: OpenRule, { position }: HoverParams): Hover | null {
  const hover = hoverRule(rule, rule.lines.offsetAt(position));
  if (hover === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: hover.markdown },
    range: rule.lines.toRange(hover.span),
  };
}
