import {
  BulkRegistration,
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentLinkRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensRegistrationType,
  type ClientCapabilities,
  type Connection,
  type DocumentSelector,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { codeActionKinds } from './provideCodeActions.ts';
import { completionTriggers } from './provideCompletion.ts';
import { tokensLegend } from './provideTokens.ts';

/** Rule files by their names, whatever language an editor takes them for. */
const ruleFiles: DocumentSelector = ['**/*.mdc', '**/*.mdc.md', '**/RULE.md', '**/.cursorrules'].map(
  (pattern) => ({
    scheme: 'file',
    pattern,
  }),
);

/** Where a team says who answers, and where it or a machine takes rights away. */
const teamFiles: DocumentSelector = [
  '**/.codegen-lab/models.yaml',
  '**/.codegen-lab/policy.yaml',
  '**/codegen-lab/policy.yaml',
].map((pattern) => ({ scheme: 'file', pattern }));

const completion = { triggerCharacters: completionTriggers };
const rename = { prepareProvider: true };
const tokens = { legend: tokensLegend, full: true };
const codeActions = { codeActionKinds };

const everyFile = { filters: [{ scheme: 'file', pattern: { glob: '**' } }] };

/** For the whole workspace. */
const always: ServerCapabilities = {
  workspaceSymbolProvider: true,
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    fileOperations: {
      willRename: everyFile,
      didCreate: everyFile,
      didRename: everyFile,
      didDelete: everyFile,
    },
  },
};

/** Whether the client takes registrations for rule files alone; then it asks nothing about files of other kinds. */
export function registersLater({ textDocument }: ClientCapabilities): boolean {
  return (
    textDocument?.completion?.dynamicRegistration === true &&
    textDocument.formatting?.dynamicRegistration === true
  );
}

/** What the server tells at its start; about rule files only where the client cannot be told later. */
export function authoringCapabilities(client: ClientCapabilities): ServerCapabilities {
  if (registersLater(client)) return always;
  return {
    ...always,
    completionProvider: completion,
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: rename,
    documentLinkProvider: {},
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    semanticTokensProvider: tokens,
    inlayHintProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    codeActionProvider: codeActions,
  };
}

/** Registers for rule files alone. Resolves when the client has taken it. */
export async function registerAuthoring(connection: Connection): Promise<void> {
  const documentSelector = ruleFiles;
  const bulk = BulkRegistration.create();
  bulk.add(CompletionRequest.type, {
    documentSelector: [...documentSelector, ...teamFiles],
    ...completion,
  });
  bulk.add(HoverRequest.type, { documentSelector: [...documentSelector, ...teamFiles] });
  bulk.add(DefinitionRequest.type, { documentSelector });
  bulk.add(ReferencesRequest.type, { documentSelector });
  bulk.add(RenameRequest.type, { documentSelector, ...rename });
  bulk.add(DocumentLinkRequest.type, { documentSelector });
  bulk.add(DocumentSymbolRequest.type, { documentSelector });
  bulk.add(FoldingRangeRequest.type, { documentSelector });
  bulk.add(SelectionRangeRequest.type, { documentSelector });
  bulk.add(SemanticTokensRegistrationType.type, { documentSelector, ...tokens });
  bulk.add(InlayHintRequest.type, { documentSelector });
  bulk.add(DocumentFormattingRequest.type, { documentSelector });
  bulk.add(DocumentRangeFormattingRequest.type, { documentSelector });
  // Rules give fixes for files of any kind.
  bulk.add(CodeActionRequest.type, { documentSelector: [{ scheme: 'file' }], ...codeActions });
  await connection.client.register(bulk);
}
