import type { Span } from '../../documents/span.ts';

export type ProposalKind =
  | 'key'
  | 'value'
  | 'event'
  | 'filter'
  | 'action'
  | 'rule'
  | 'file'
  | 'folder'
  | 'glob'
  | 'variable'
  | 'language'
  | 'heading'
  | 'snippet';

/** Something that could stand at the cursor. */
export interface Proposal {
  readonly kind: ProposalKind;
  readonly label: string;
  /** A few words beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** A snippet: `$1` and `${1:text}` are places to type, `\`, `$` and `}` of the text are escaped. */
  readonly snippet: string;
  /** What it replaces: on the cursor's line, around the cursor. */
  readonly span: Span;
  /** What is compared with the typed text, if not the label. */
  readonly filter?: string;
  /** A value has to follow: ask again after it was taken. */
  readonly asksAgain?: true;
}

export interface Completion {
  readonly proposals: readonly Proposal[];
  /** More would fit: ask again when more was typed. */
  readonly isIncomplete: boolean;
}

export const maxProposals = 200;

export function bounded(proposals: readonly Proposal[]): Completion {
  return { proposals: proposals.slice(0, maxProposals), isIncomplete: proposals.length > maxProposals };
}

/** The text as a snippet that has no places to type. */
export function literal(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}
