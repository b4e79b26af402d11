import { MarkupKind, type InlayHint, type InlayHintParams } from 'vscode-languageserver/node';
import { findInlayHints } from '../../engine/authoring/hints/findInlayHints.ts';
import type { OpenRule } from './openRule.ts';

export function provideInlayHints(rule: OpenRule, { range }: InlayHintParams): InlayHint[] {
  const { lines } = rule;
  const within = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  return findInlayHints(rule, within).map(({ offset, label, tooltip }) => ({
    position: lines.positionAt(offset),
    label,
    tooltip: { kind: MarkupKind.Markdown, value: tooltip },
    paddingLeft: true,
  }));
}
