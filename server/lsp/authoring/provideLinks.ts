import type { DocumentLink } from 'vscode-languageserver/node';
import { findLinks } from '../../engine/authoring/references/findLinks.ts';
import { ruleUri, type OpenRule } from './openRule.ts';

export function provideLinks(rule: OpenRule): DocumentLink[] {
  return findLinks(rule).map(({ span, path }) => ({
    range: rule.lines.toRange(span),
    target: ruleUri(rule.root, path),
    tooltip: path,
  }));
}
