import type { ProposedFile } from './runEvents.ts';

/** A proposal as it is shown. */
export interface ProposalTexts {
  readonly files: readonly (ProposedFile & { readonly hunks: readonly ProposalHunk[] })[];
  readonly title: string;
}

/** Lines of a file that a proposal changes, and those that take their place; counted from 0. */
export interface ProposalHunk {
  readonly before: { readonly start: number; readonly count: number };
  readonly after: { readonly start: number; readonly count: number };
}

/** A proposal as it lands. */
export interface LandParams {
  readonly run: string;
  readonly title: string;
  readonly files: readonly { readonly uri: string; readonly before?: string; readonly after?: string }[];
}

export type LandResult =
  | { readonly kind: 'landed' }
  | { readonly kind: 'stale'; readonly uris: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };
