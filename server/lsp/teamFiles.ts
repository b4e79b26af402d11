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
import { checkPolicyFile, completePolicyFile, hoverPolicyFile } from '../engine/policy/policyFile.ts';
import { policyPath } from '../engine/policy/readPolicy.ts';
import { completeModelsFile } from '../engine/routing/modelsFile/completeModelsFile.ts';
import { hoverModelsFile } from '../engine/routing/modelsFile/hoverModelsFile.ts';
import { modelsFilePath } from '../engine/routing/modelsFile/parseModelsFile.ts';
import type { ShapeProposal } from '../engine/rules/forms/completeShape.ts';
import type { ShapeHover } from '../engine/rules/forms/hoverShape.ts';
import type { Finding } from '../protocol/text.ts';
import type { DiagnosticsPublisher } from './diagnostics.ts';
import type { Folders } from './folders.ts';

interface TeamFileParts {
  readonly engine: Engine;
  readonly documents: TextDocuments<TextDocument>;
  readonly folders: Folders;
}

/** What an editor is told of one kind of file. */
interface TeamFile {
  readonly complete: (parts: TeamFileParts, text: string, offset: number) => readonly ShapeProposal[];
  readonly hover: (text: string, offset: number) => ShapeHover | undefined;
  readonly check: (parts: TeamFileParts, text: string) => readonly Finding[];
}

const modelsFile: TeamFile = {
  complete: ({ engine }, text, offset) => completeModelsFile(text, offset, engine.models().known()),
  hover: hoverModelsFile,
  check: ({ engine }, text) => engine.models().problemsOf(text),
};

const policyFile: TeamFile = {
  complete: ({ engine }, text, offset) =>
    completePolicyFile(text, offset, [...new Set(engine.rules().map(({ name }) => name))]),
  hover: hoverPolicyFile,
  check: (_, text) => checkPolicyFile(policyPath, text),
};

/** The policy of a machine lies in no workspace folder, and is written in the same way. */
const machinePolicy = /[\\/]codegen-lab[\\/]policy\.yaml$/iu;

/** The text of such a file that is open; undefined for every other document. */
function openFile(
  { documents, folders }: TeamFileParts,
  uri: string,
): { readonly text: string; readonly file: TeamFile } | undefined {
  const text = documents.get(uri)?.getText();
  const placed = folders.place(uri);
  if (text === undefined) return undefined;
  if (placed?.path === modelsFilePath) return { text, file: modelsFile };
  const isPolicy = placed?.path === policyPath || (placed === undefined && machinePolicy.test(uri));
  return isPolicy ? { text, file: policyFile } : undefined;
}

/** null for what is no file of a team. */
export function completeTeamFile(
  parts: TeamFileParts,
  { uri, position }: { readonly uri: string; readonly position: Position },
): CompletionList | null {
  const open = openFile(parts, uri);
  if (open === undefined) return null;
  const { text, file } = open;
  const lines = createLineMap(text);
  return {
    isIncomplete: false,
    items: file
      .complete(parts, text, lines.offsetAt(position))
      .map(({ kind, label, documentation, snippet, span }, at) => ({
        label,
        kind: kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.Value,
        sortText: String(at).padStart(4, '0'),
        documentation: { kind: MarkupKind.Markdown, value: documentation },
        insertTextFormat: InsertTextFormat.Snippet,
        textEdit: { range: lines.toRange(span), newText: snippet },
      })),
  };
}

export function hoverTeamFile(
  parts: TeamFileParts,
  { uri, position }: { readonly uri: string; readonly position: Position },
): Hover | null {
  const open = openFile(parts, uri);
  if (open === undefined) return null;
  const lines = createLineMap(open.text);
  const hover = open.file.hover(open.text, lines.offsetAt(position));
  return hover
    ? { contents: { kind: MarkupKind.Markdown, value: hover.markdown }, range: lines.toRange(hover.span) }
    : null;
}

/** Shows what is wrong in a team's file as it is typed; of other files it says nothing. */
export function showTeamFileProblems(
  parts: TeamFileParts & { readonly diagnostics: DiagnosticsPublisher },
  uri: string,
): void {
  const placed = parts.folders.place(uri);
  if (placed?.path !== modelsFilePath && placed?.path !== policyPath) return;
  const open = openFile(parts, uri);
  const findings = open === undefined ? [] : open.file.check(parts, open.text);
  parts.diagnostics.setFile('teamFiles', placed.root, placed.path, findings);
}
