import {
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type CompletionList,
  type Hover,
  type Position,
  type TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { createLineMap } from '../engine/documents/lineMap.ts';
import type { Engine } from '../engine/engine.ts';
import { completeModelsFile } from '../engine/routing/modelsFile/completeModelsFile.ts';
import { hoverModelsFile } from '../engine/routing/modelsFile/hoverModelsFile.ts';
import { modelsFilePath } from '../engine/routing/modelsFile/parseModelsFile.ts';
import type { DiagnosticsPublisher } from './diagnostics.ts';
import type { Folders } from './folders.ts';

interface ModelsFileParts {
  readonly engine: Engine;
  readonly documents: TextDocuments<TextDocument>;
  readonly folders: Folders;
}

/** The text of a team's models file that is open; undefined for every other document. */
function textOf({ documents, folders }: ModelsFileParts, uri: string): string | undefined {
  return folders.place(uri)?.path === modelsFilePath ? documents.get(uri)?.getText() : undefined;
}

/** null for what is no models file. */
export function completeModels(
  parts: ModelsFileParts,
  { uri, position }: { readonly uri: string; readonly position: Position },
): CompletionList | null {
  const text = textOf(parts, uri);
  if (text === undefined) return null;
  const lines = createLineMap(text);
  const proposals = completeModelsFile(text, lines.offsetAt(position), parts.engine.models().known());
  return {
    isIncomplete: false,
    items: proposals.map(({ kind, label, documentation, snippet, span }, at) => ({
      label,
      kind: kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.Value,
      sortText: String(at).padStart(4, '0'),
      documentation: { kind: MarkupKind.Markdown, value: documentation },
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { range: lines.toRange(span), newText: snippet },
    })),
  };
}

export function hoverModels(
  parts: ModelsFileParts,
  { uri, position }: { readonly uri: string; readonly position: Position },
): Hover | null {
  const text = textOf(parts, uri);
  if (text === undefined) return null;
  const lines = createLineMap(text);
  const hover = hoverModelsFile(text, lines.offsetAt(position));
  return hover
    ? { contents: { kind: MarkupKind.Markdown, value: hover.markdown }, range: lines.toRange(hover.span) }
    : null;
}

/** Shows what is wrong in a models file as it is typed; of other files it says nothing. */
export function showModelsProblems(
  parts: ModelsFileParts & { readonly diagnostics: DiagnosticsPublisher },
  uri: string,
): void {
  const placed = parts.folders.place(uri);
  if (placed?.path !== modelsFilePath) return;
  const text = textOf(parts, uri);
  const findings = text === undefined ? [] : parts.engine.models().problemsOf(text);
  parts.diagnostics.setFile('models', placed.root, placed.path, findings);
}
