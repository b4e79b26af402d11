import {
  SemanticTokensBuilder,
  type SemanticTokens,
  type SemanticTokensLegend,
} from 'vscode-languageserver/node';
import { findTokens, tokenKinds } from '../../engine/authoring/structure/findTokens.ts';
import type { OpenRule } from './openRule.ts';

export const tokensLegend: SemanticTokensLegend = { tokenTypes: [...tokenKinds], tokenModifiers: [] };

export function provideTokens({ document, catalog, lines }: OpenRule): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { kind, span } of findTokens(document, catalog.references(document.path))) {
    const { line, character } = lines.positionAt(span.start);
    builder.push(line, character, span.end - span.start, tokenKinds.indexOf(kind), 0);
  }
  return builder.build();
}
