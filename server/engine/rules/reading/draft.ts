import type { ApprovalMode } from '../../../protocol/runEvents.ts';
import type { Located, Span } from '../../documents/span.ts';
import type { Action, BudgetWish, EventName, Filter, Origin } from '../rule.ts';
import type { KeyEntry } from './scanKeys.ts';
import type { Reading } from './reading.ts';

/** What the keys of frontmatter or of a block said; a value that is missing was not written, or was wrong. */
export interface Draft {
  name?: string;
  description?: string;
  globs?: readonly Located<string>[];
  alwaysApply?: boolean;
  version?: string;
  enabled?: boolean;
  abstract?: boolean;
  extends?: readonly Located<string>[];
  on?: readonly Located<EventName>[];
  origin?: readonly Origin[];
  debounceMs?: number;
  skipTrivial?: boolean;
  filters?: readonly Filter[];
  actions?: readonly Action[];
  priority?: number;
  model?: string;
  budget?: BudgetWish;
  approval?: ApprovalMode;
  metadata?: Readonly<Record<string, unknown>>;
  /** `priority` and `version` inside `metadata`; they count where the keys themselves are not written. */
  metadataPriority?: number;
  metadataVersion?: string;
  readonly written: Map<string, Span>;
  /** Keys with an error; `*` when the whole of it cannot be trusted. */
  readonly failed: Set<string>;
}

export function createDraft(): Draft {
  return { written: new Map(), failed: new Set() };
}

/** Reads one key into the draft. */
export type KeyReader = (reading: Reading, entry: KeyEntry, draft: Draft) => void;
