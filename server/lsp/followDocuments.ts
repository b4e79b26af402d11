import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine/engine.ts';
import type { Log } from '../engine/ports/log.ts';
import { isRulePath } from '../engine/rules/rulePaths.ts';
import { fileOpened, fileSaved } from '../protocol/requests.ts';
import type { DiagnosticsPublisher } from './diagnostics.ts';
import { createDueChecks } from './dueChecks.ts';
import { tellEvent } from './events/tellEvents.ts';
import type { Folders, PlacedFile } from './folders.ts';
import { showTeamFileProblems } from './teamFiles.ts';
import { logFailures } from './logFailures.ts';
import { showRuleProblems } from './ruleProblems.ts';

/** Other files, and what a rule file changes in them, wait until typing has paused, or somebody saves. */
const quietMs = 150;

export interface FollowDocumentsParts {
  readonly connection: Connection;
  readonly engine: Engine;
  readonly documents: TextDocuments<TextDocument>;
  readonly folders: Folders;
  readonly diagnostics: DiagnosticsPublisher;
  readonly log: Log;
  /** A file was saved: resolves when it has been read again, if rules are made of it. */
  readonly reloadRules: (root: string, paths: readonly string[]) => Promise<void>;
}

export interface FollowedDocuments {
  /** What is open is checked again, as if it had changed. */
  checkOpenDocuments(): void;
  stop(): void;
}

/** Checks open documents as they change, and lets rules fire when one is saved. */
export function followDocuments(parts: FollowDocumentsParts): FollowedDocuments {
  const { connection, documents, folders, log } = parts;
  const checks = createDueChecks(quietMs);
  /** Rule files whose problems typing may have changed, by root, until they are shown. */
  const owed = new Map<string, Set<string>>();
  const showOwed = (): void => {
    for (const [root, paths] of owed) if (folders.has(root)) showRuleProblems(parts, root, paths);
    owed.clear();
  };
  const checkOf =
    (document: TextDocument) =>
    (signal: AbortSignal): void => {
      showOwed();
      check(parts, document, signal).catch((error: unknown) => {
        if (!signal.aborted) log.error(`A check failed: ${String(error)}`);
      });
    };
  /** A rule file is read at once: what an editor asks next is about the text that stands there. */
  const followRule = (document: TextDocument, { root, path }: PlacedFile): void => {
    parts.engine
      .setTypedText(root, path, document.getText())
      .then((affected) => owed.set(root, new Set([...(owed.get(root) ?? []), ...affected])))
      .catch((error: unknown) => log.error(`${path} cannot be read as it is typed: ${String(error)}`));
    checks.typed(document.uri, checkOf(document));
    showTyped(document.uri, root, path);
  };
  /** One turn later than the next message, so that a keystroke that waits already comes first. */
  const shown = new Map<string, NodeJS.Immediate>();
  const showTyped = (uri: string, root: string, path: string): void => {
    clearImmediate(shown.get(uri));
    const show = (): void => {
      shown.delete(uri);
      if (folders.has(root)) showRuleProblems(parts, root, [path]);
    };
    shown.set(
      uri,
      setImmediate(() => shown.set(uri, setImmediate(show))),
    );
  };
  const cancel = (uri: string): void => {
    checks.cancel(uri);
    clearImmediate(shown.get(uri));
    shown.delete(uri);
  };

  /** Texts as they were last saved, of documents that are open. */
  const saved = new Map<string, string>();

  documents.onDidOpen(({ document }) => void saved.set(document.uri, document.getText()));
  documents.onDidChangeContent(({ document }) => {
    const placed = folders.place(document.uri);
    if (placed) parts.engine.typed(placed.root, placed.path);
    if (placed && isRulePath(placed.path)) followRule(document, placed);
    else checks.typed(document.uri, checkOf(document));
  });
  documents.onDidClose(({ document }) => {
    cancel(document.uri);
    saved.delete(document.uri);
    const placed = folders.place(document.uri);
    if (placed) void forgetBuffer(parts, placed);
  });
  interface SavedFile {
    readonly uri: string;
    readonly origin: 'user' | 'auto';
  }
  connection.onNotification(
    fileSaved.method,
    logFailures(log, 'A saved file', async ({ uri, origin }: SavedFile) => {
      const placed = folders.place(uri);
      if (!placed) return;
      if (origin === 'user') checks.hurry(uri);
      const document = documents.get(uri);
      const text = document?.getText();
      const before = saved.get(uri);
      if (text !== undefined) saved.set(uri, text);
      const reloaded = parts.reloadRules(placed.root, [placed.path]);
      const texts = { ...(text === undefined ? {} : { text }), ...(before === undefined ? {} : { before }) };
      const event = { ...placed, name: 'save', origin, depth: 0, ...languageOf(document), ...texts } as const;
      await tellEvent(parts, event, reloaded);
    }),
  );
  connection.onNotification(
    fileOpened.method,
    logFailures(log, 'A file that was opened', async ({ uri }: { readonly uri: string }) => {
      const placed = folders.place(uri);
      const language = languageOf(documents.get(uri));
      if (placed) await tellEvent(parts, { ...placed, name: 'open', origin: 'user', depth: 0, ...language });
    }),
  );
  return {
    checkOpenDocuments() {
      for (const document of documents.all()) checks.again(document.uri, checkOf(document));
    },
    stop() {
      checks.cancelAll();
      for (const turn of shown.values()) clearImmediate(turn);
    },
  };
}

function languageOf(document: TextDocument | undefined): { readonly language?: string } {
  return document === undefined ? {} : { language: document.languageId };
}

async function check(
  parts: FollowDocumentsParts,
  document: TextDocument,
  signal: AbortSignal,
): Promise<void> {
  const { engine, folders, diagnostics } = parts;
  const placed = folders.place(document.uri);
  if (!placed) return;
  const { root, path } = placed;
  // Any file may be one that a rule includes.
  const affected = await engine.setTypedText(root, path, document.getText());
  if (signal.aborted || !folders.has(root)) return;
  showRuleProblems(parts, root, affected);
  if (isRulePath(path)) showRuleProblems(parts, root, [path]);
  const findings = await engine.check(root, [path], signal);
  if (signal.aborted || !folders.has(root)) return;
  // The problems of a rule file are shown as typed already, above.
  const found = findings.filter(({ code }) => !code.startsWith('rule.'));
  diagnostics.setFile('checks', root, path, found);
  showTeamFileProblems(parts, document.uri);
}

/** What was typed and not saved is gone: a rule file is again what the disk says, other files are not checked unopened. */
async function forgetBuffer(parts: FollowDocumentsParts, { root, path }: PlacedFile): Promise<void> {
  const { engine, folders, diagnostics } = parts;
  diagnostics.setFile('checks', root, path, []);
  diagnostics.setFile('teamFiles', root, path, []);
  const affected = await engine.setTypedText(root, path, undefined);
  if (folders.has(root)) showRuleProblems(parts, root, affected);
}
