import type { LogOutputChannel, ExtensionContext } from 'vscode';
import type { CommandArguments, CommandName } from '../../server/protocol/commands.ts';
import type { ApprovalStore } from '../approvals/approvalStore.ts';
import type { ApprovalTexts } from '../approvals/approvalTexts.ts';
import type { LastSource } from '../lastSource.ts';
import type { PromptPreview } from '../proposals/promptPreview.ts';
import type { ProposalViewer } from '../proposals/proposalViewer.ts';
import type { Grouping } from '../rules/grouping.ts';
import type { ReviewThreads } from '../reviews/reviewThreads.ts';
import type { RuleDocuments } from '../rules/ruleDocuments.ts';
import type { ProviderKeys } from '../secrets.ts';
import type { ServerConnection } from '../server/serverConnection.ts';
import type { ViewStore } from '../viewStore.ts';

/** What commands and views work with. */
export interface Host {
  readonly context: ExtensionContext;
  readonly server: ServerConnection;
  readonly views: ViewStore;
  readonly approvals: ApprovalStore;
  readonly approvalTexts: ApprovalTexts;
  readonly keys: ProviderKeys;
  readonly output: LogOutputChannel;
  readonly proposals: ProposalViewer;
  readonly prompts: PromptPreview;
  readonly rules: RuleDocuments;
  readonly grouping: Grouping;
  readonly lastSource: LastSource;
  readonly reviews: ReviewThreads;
}

export interface Command<Name extends CommandName = CommandName> {
  readonly id: Name;
  /** Refused in a restricted workspace, however it is called. */
  readonly needsTrust: boolean;
  /** A menu may hand over something else than `argument` says; such an argument is ignored. */
  run(host: Host, argument: CommandArguments[Name]): Promise<void>;
}
