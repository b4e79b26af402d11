import {
  createConnection,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** The least that a language server does for a keystroke: it takes the change, and publishes one problem. */
const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
connection.onInitialize(() => ({
  capabilities: { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } },
}));
documents.onDidChangeContent(({ document: { uri, version } }) => {
  const at = { line: 0, character: 0 };
  void connection.sendDiagnostics({
    uri,
    diagnostics: [{ range: { start: at, end: at }, message: String(version) }],
  });
});
documents.listen(connection);
connection.listen();
