import {
  SymbolKind,
  type DocumentSymbol,
  type SymbolInformation,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver/node';
import { findSymbols, type RuleSymbol } from '../../engine/authoring/structure/findSymbols.ts';
import { findWorkspaceSymbols } from '../../engine/authoring/structure/findWorkspaceSymbols.ts';
import type { Engine } from '../../engine/engine.ts';
import { uriOf, type Folders } from '../folders.ts';
import { linesOf, type OpenRule } from './openRule.ts';

const kinds: Readonly<Record<RuleSymbol['kind'], SymbolKind>> = {
  frontmatter: SymbolKind.Namespace,
  block: SymbolKind.Class,
  key: SymbolKind.Property,
  entry: SymbolKind.Object,
  heading: SymbolKind.String,
};

export function provideSymbols({ document, lines }: OpenRule): DocumentSymbol[] {
  const convert = ({ name, detail, kind, whole, span, children }: RuleSymbol): DocumentSymbol => ({
    name,
    ...(detail === '' ? {} : { detail }),
    kind: kinds[kind],
    range: lines.toRange(whole),
    selectionRange: lines.toRange(span),
    children: children.map(convert),
  });
  return findSymbols(document).map(convert);
}

export function provideWorkspaceSymbols(
  { engine, folders }: { readonly engine: Engine; readonly folders: Folders },
  { query }: WorkspaceSymbolParams,
): SymbolInformation[] {
  return folders.roots().flatMap((root) => {
    const catalog = engine.ruleCatalog(root, 'typed');
    const found = catalog === undefined ? [] : findWorkspaceSymbols(catalog, query);
    return found.map(({ document, rule }) => ({
      name: rule.name,
      kind: rule.form === 'file' ? SymbolKind.File : SymbolKind.Class,
      containerName: document.path,
      location: { uri: uriOf(root, document.path), range: linesOf(document).toRange(rule.span) },
    }));
  });
}
