import {
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
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
  WillRenameFilesRequest,
  WorkspaceSymbolRequest,
  type CancellationToken,
  type CodeActionParams,
  type CompletionParams,
  type Connection,
  type HoverParams,
  type RenameFilesParams,
  type TextDocumentIdentifier,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver/node';
import type { GuardedLog } from '../../engine/safety/guardLog.ts';
import type { LastSource } from '../lastSource.ts';
import { completeTeamFile, hoverTeamFile } from '../teamFiles.ts';
import { provideCheckFixes } from '../provideCheckFixes.ts';
import { provideReviewFixes } from '../provideReviewFixes.ts';
import { provideSurvivorFixes } from '../provideSurvivorFixes.ts';
import { toAbortSignal } from '../toAbortSignal.ts';
import { toResponseError } from '../toResponseError.ts';
import { openRule, openRuleWithPaths, type OpenRule, type OpenRuleParts } from './openRule.ts';
import { provideCodeActions } from './provideCodeActions.ts';
import { provideCompletion } from './provideCompletion.ts';
import { provideDefinition } from './provideDefinition.ts';
import { provideFileRenames } from './provideFileRenames.ts';
import { provideFolding } from './provideFolding.ts';
import { provideFormatting, provideRangeFormatting } from './provideFormatting.ts';
import { provideHover } from './provideHover.ts';
import { provideInlayHints } from './provideInlayHints.ts';
import { provideLinks } from './provideLinks.ts';
import { provideReferences } from './provideReferences.ts';
import { providePrepareRename, provideRename } from './provideRename.ts';
import { provideSelections } from './provideSelections.ts';
import { provideSymbols, provideWorkspaceSymbols } from './provideSymbols.ts';
import { provideTokens } from './provideTokens.ts';

export interface AuthoringParts extends OpenRuleParts {
  readonly connection: Connection;
  readonly log: GuardedLog;
  readonly lastSource: LastSource;
}

/** Answers what an editor asks about rule files; other files are answered with nothing. */
export function answerAuthoring(parts: AuthoringParts): void {
  const { connection } = parts;
  const answer = createAnswers(parts);
  answer(
    CompletionRequest.method,
    provideCompletion satisfies (rule: OpenRule, params: CompletionParams) => unknown,
    {
      needs: 'paths',
      other: ({ textDocument: { uri }, position }) => completeTeamFile(parts, { uri, position }),
    },
  );
  answer(
    HoverRequest.method,
    (rule, params: HoverParams, signal) => provideHover(rule, params, parts, signal),
    {
      needs: 'paths',
      other: ({ textDocument: { uri }, position }) => hoverTeamFile(parts, { uri, position }),
    },
  );
  answer(InlayHintRequest.method, provideInlayHints, { needs: 'paths' });
  answer(RenameRequest.method, provideRename, { needs: 'paths' });
  answer(PrepareRenameRequest.method, providePrepareRename);
  answer(DefinitionRequest.method, provideDefinition);
  answer(ReferencesRequest.method, provideReferences);
  answer(DocumentLinkRequest.method, provideLinks);
  answer(DocumentSymbolRequest.method, provideSymbols);
  answer(FoldingRangeRequest.method, provideFolding);
  answer(SelectionRangeRequest.method, provideSelections);
  answer(SemanticTokensRequest.method, provideTokens);
  answer(DocumentFormattingRequest.method, provideFormatting);
  answer(DocumentRangeFormattingRequest.method, provideRangeFormatting);
  answerCodeActions(parts);
  connection.onRequest(WorkspaceSymbolRequest.method, (params: WorkspaceSymbolParams) =>
    provideWorkspaceSymbols(parts, params),
  );
  connection.onRequest(WillRenameFilesRequest.method, (params: RenameFilesParams) =>
    provideFileRenames(parts, params),
  );
}

/** Of rule files their own fixes; of all files those of the checks what reviews suggest, and tests for what tests let live. */
function answerCodeActions({ connection, log, ...parts }: AuthoringParts): void {
  const method = CodeActionRequest.method;
  connection.onRequest(method, async (params: CodeActionParams, token: CancellationToken) => {
    const signal = toAbortSignal(token);
    try {
      const rule = openRule(parts, params.textDocument.uri);
      const fixes = await provideCheckFixes(parts, params, signal);
      const suggested = [...provideReviewFixes(parts, params), ...provideSurvivorFixes(parts, params)];
      signal.throwIfAborted();
      return [...(rule === undefined ? [] : provideCodeActions(rule, params)), ...fixes, ...suggested];
    } catch (error) {
      return toResponseError({ method, error }, log, signal);
    }
  });
}

interface AboutDocument {
  readonly textDocument: TextDocumentIdentifier;
}

interface AnswerOptions<Params> {
  /** The answer needs the files of the folder. */
  readonly needs?: 'paths';
  /** What is answered about a document that is no rule file; missing: nothing. */
  readonly other?: (params: Params) => unknown;
}

type Answers = <Params extends AboutDocument>(
  method: string,
  provide: (rule: OpenRule, params: Params, signal: AbortSignal) => unknown,
  options?: AnswerOptions<Params>,
) => void;

function createAnswers({ connection, log, ...parts }: AuthoringParts): Answers {
  return (method, provide, { needs, other } = {}) => {
    connection.onRequest(method, async (params: Parameters<typeof provide>[1], token: CancellationToken) => {
      const signal = toAbortSignal(token);
      try {
        const { uri } = params.textDocument;
        const rule = needs === 'paths' ? await openRuleWithPaths(parts, uri, signal) : openRule(parts, uri);
        signal.throwIfAborted();
        return await (rule === undefined ? (other?.(params) ?? null) : provide(rule, params, signal));
      } catch (error) {
        return toResponseError({ method, error }, log, signal);
      }
    });
  };
}
