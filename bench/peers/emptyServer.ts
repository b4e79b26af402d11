import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';

/** The language server that does nothing: what one costs before it is of any use. */
const connection = createConnection(ProposedFeatures.all);
connection.onInitialize(() => ({ capabilities: {} }));
connection.listen();
