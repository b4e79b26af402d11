import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Range,
  type TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine/engine.ts';
import { findSuggestion } from './findSuggestion.ts';
import type { Folders } from './folders.ts';

export interface ReviewFixesParts {
  readonly engine: Pick<Engine, 'actionFindings'>;
  readonly documents: Pick<TextDocuments<TextDocument>, 'get'>;
  readonly folders: Pick<Folders, 'place'>;
}

/**
 * What reviews suggest where an editor asks. The text may have changed since: what a suggestion replaces is looked for again,
 * and where it is gone, or there more than once, nothing is offered.
 */
export function provideReviewFixes(
  { engine, documents, folders }: ReviewFixesParts,
  { textDocument: { uri }, range, context }: CodeActionParams,
): readonly CodeAction[] {
  const isWanted = context.only?.some((only) => isOrHolds(only, CodeActionKind.QuickFix)) ?? true;
  const shown = context.diagnostics.filter(({ code }) => code === 'review.finding');
  const placed = folders.place(uri);
  const document = documents.get(uri);
  if (!isWanted || shown.length === 0 || placed === undefined || document === undefined) return [];
  return engine.actionFindings(placed.root).flatMap((finding): readonly CodeAction[] => {
    const { path, code, message, fix } = finding;
    const diagnostics = shown.filter((each) => each.message === message && touches(each.range, range));
    if (path !== placed.path || code !== 'review.finding' || fix === undefined || diagnostics.length === 0)
      return [];
    const where = findSuggestion(document, fix);
    if (where === undefined) return [];
    return [
      {
        title: `Apply suggestion: ${message}`,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit: { changes: { [uri]: [{ range: where, newText: fix.newText }] } },
      },
    ];
  });
}

function isOrHolds(kind: string, inner: string): boolean {
  return kind === '' || inner === kind || inner.startsWith(`${kind}.`);
}

function touches(one: Range, other: Range): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Range['start'], other: Range['start']): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
