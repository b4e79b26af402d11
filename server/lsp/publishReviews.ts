import { isDeepStrictEqual } from 'node:util';
import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine/engine.ts';
import { locateSuggestion, reviewsChanged } from '../protocol/testRequests.ts';
import type { ReviewFinding, SuggestionPlace } from '../protocol/testDisplay.ts';
import { findSuggestion } from './findSuggestion.ts';
import type { Folders } from './folders.ts';

export interface ReviewParts {
  readonly connection: Connection;
  readonly engine: Pick<Engine, 'actionFindings'>;
  readonly documents: Pick<TextDocuments<TextDocument>, 'all'>;
  readonly folders: Pick<Folders, 'roots' | 'place'>;
}

/** Tells the editor what reviews found, for threads at the lines, and where a suggestion goes. Returns what tells it anew. */
export function publishReviews({ connection, engine, documents, folders }: ReviewParts): () => void {
  let sent: readonly ReviewFinding[] | undefined;
  const locate = (id: string): SuggestionPlace => {
    const finding = sent?.find((each) => each.id === id);
    if (finding?.fix === undefined) return { kind: 'refused', message: forgotten };
    const { folder, path, fix } = finding;
    // The editor opens the file before it asks.
    const open = documents.all().find(({ uri }) => {
      const placed = folders.place(uri);
      return placed?.root === folder && placed.path === path;
    });
    const range = open && findSuggestion(open, fix);
    if (open === undefined || range === undefined) return { kind: 'refused', message: changed(path) };
    return { kind: 'found', range, newText: fix.newText, version: open.version };
  };
  connection.onRequest(locateSuggestion.method, ({ id }: { readonly id: string }): unknown => locate(id));
  return () => {
    const found = folders
      .roots()
      .flatMap((root) =>
        engine
          .actionFindings(root)
          .flatMap((finding) => (finding.code === 'review.finding' ? [{ ...finding, folder: root }] : [])),
      );
    if (isDeepStrictEqual(found, sent)) return;
    sent = found;
    void connection.sendNotification(reviewsChanged.method, found);
  };
}

const forgotten = 'This finding has no suggestion any more. Let the rule review the file again.';

function changed(path: string): string {
  return `What this finding is about has changed in ${path} since, so nothing was applied. Let the rule review the file again.`;
}
