import type { FormWish } from '../../protocol/modelSettings.ts';
import type { ApprovalMode } from '../../protocol/runEvents.ts';
import type { Severity } from '../../protocol/text.ts';
import type { Located, Span } from '../documents/span.ts';

/** A fault of a rule file, as data. A rule with an error never fires. */
export interface RuleProblem {
  /** Stable, such as `rule.unknown-key`; its section stands in docs/rules/problems.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** What a fix needs to know, such as the nearest known word in `near`. */
  readonly data?: Readonly<Record<string, string>>;
  /** Other places that belong to it, in any rule file of the folder. */
  readonly related?: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
}

export type RuleKind = 'always' | 'autoAttached' | 'agentRequested' | 'manual';

/** What one rule file says. A broken file still gives a document; its faults are in `problems`. */
export interface RuleDocument {
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly text: string;
  /** The rule of the file itself: frontmatter and whole body. Always there. */
  readonly file: Rule;
  /** One per `<rule>` block, in source order. */
  readonly blocks: readonly Rule[];
  /** In source order. */
  readonly problems: readonly RuleProblem[];
}

/** One rule, ready to be matched. Values that were not written have their defaults. */
export interface Rule {
  /** The rule of the file itself, or of a `<rule>` block in it. */
  readonly form: 'file' | 'block';
  /** `path` or `path#n`, relative to the workspace folder; `builtin:NAME` for the library. Unique in the folder. */
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly kind: RuleKind;
  /** False when disabled, abstract or broken: then it neither fires nor guides by its frontmatter. */
  readonly active: boolean;
  /** Why it is not active, as it goes on after "because"; undefined when it is. */
  readonly inactiveReason?: string;
  /** The part of `inactiveReason` that is an error of its own text: then nothing of it is inherited either. */
  readonly fault?: string;
  /** The folder that its globs are relative to: the parent of `.cursor`, `` at the workspace root. */
  readonly scope: string;
  /** Parents as written: paths, names or `builtin:NAME`; a block has none. */
  readonly extends: readonly Located<string>[];
  /** There to be extended; it never fires. */
  readonly abstract: boolean;
  readonly enabled: boolean;
  readonly globs: readonly Located<string>[];
  readonly alwaysApply: boolean;
  readonly on: readonly Located<EventName>[];
  readonly origin: readonly Origin[] | undefined;
  readonly debounceMs: number;
  readonly skipTrivial: boolean;
  readonly filters: readonly Filter[];
  readonly actions: readonly Action[];
  readonly priority: number;
  readonly model: string | undefined;
  readonly budget: BudgetWish;
  readonly approval: ApprovalMode | undefined;
  readonly version: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What the model reads; empty for a block. */
  readonly body: string;
  /** The whole frontmatter or block, for lenses and links. */
  readonly span: Span;
  /** Where a value of a frontmatter key was written: key to span of the value. */
  readonly written: ReadonlyMap<string, Span>;
}

export type Origin = 'user' | 'auto' | 'disk' | 'self';

export type EventName =
  | 'save'
  | 'create'
  | 'delete'
  | 'rename'
  | 'open'
  | 'change'
  | 'commit'
  | 'test-fail'
  | 'test-pass'
  | 'problems'
  | 'model-write'
  | 'accepted'
  | 'manual';

/** A rule's own limits; what is missing takes the user's. A rule can only lower. */
export interface BudgetWish {
  readonly usd?: number;
  readonly tokens?: number;
  readonly seconds?: number;
  readonly attempts?: number;
}

export interface Filter {
  /** Canonical type; an unknown one is kept as written and never holds. */
  readonly type: string;
  readonly pattern: string;
  readonly negate: boolean;
  readonly flags: string;
  readonly id: string | undefined;
  /** Takes the inherited entry of the same `id` away and tests nothing itself; its type is then empty. */
  readonly remove: boolean;
  /** Of the pattern's value. */
  readonly span: Span;
  readonly fields: WrittenFields;
}

/** Every field that an entry writes, known or not, also an empty one: key to span of its value. */
export type WrittenFields = ReadonlyMap<string, Span>;

export interface Action {
  /** Canonical type; an unknown one is kept as written and never acts. */
  readonly type: string;
  /** The type as its author wrote it, such as `enforce`. */
  readonly written: string;
  readonly id: string | undefined;
  readonly message: string;
  readonly target: string | undefined;
  readonly conditions: readonly Condition[];
  readonly severity: Severity | undefined;
  readonly model: string | undefined;
  readonly approval: ApprovalMode | undefined;
  readonly context: readonly string[];
  readonly timeoutMs: number;
  /** Takes the inherited action of the same `id` away and does nothing itself; its type is then empty. */
  readonly remove: boolean;
  /** Ids of the actions that have to end first. */
  readonly needs: readonly Located<string>[];
  /** How those that it waits for have to end. */
  readonly when: ActionMoment;
  /** How often it is done again after a failure: 0 to 5. */
  readonly retry: number;
  /** Id of the action that is done when all tries failed. */
  readonly fallback: Located<string> | undefined;
  readonly command: CommandText | undefined;
  /** The name of a task, script, target or recipe. */
  readonly task: Located<string> | undefined;
  /** What the task runs, as its own file says it; undefined where that was not looked up, or there is none. */
  readonly taskText?: string | undefined;
  /** What reads problems in its output; undefined: nothing does. */
  readonly problemMatchers: readonly MatcherWish[] | undefined;
  readonly switches: ActionSwitches;
  /** How edits are asked for; undefined: as the user's setting says. */
  readonly answerForm: FormWish | undefined;
  /** Percent. */
  readonly minCoverage: number | undefined;
  /** Percent. */
  readonly failUnder: number | undefined;
  readonly span: Span;
  readonly fields: WrittenFields;
}

export type ActionMoment = 'success' | 'failure' | 'always';

/** A command as its author wrote it: one line that is still to be split, or its arguments one by one. */
export type CommandText =
  | { readonly form: 'line'; readonly line: Located<string> }
  | { readonly form: 'arguments'; readonly items: readonly Located<string>[] };

/** A problem matcher by its name, such as `$tsc`, or as its author wrote it, in VS Code's form. */
export type MatcherWish =
  | { readonly form: 'name'; readonly name: Located<string> }
  | { readonly form: 'own'; readonly value: unknown; readonly span: Span };

/** What an action may be told besides; false unless written. */
export interface ActionSwitches {
  readonly shell: boolean;
  readonly idempotent: boolean;
  readonly sandbox: boolean;
  readonly mayChangeTests: boolean;
  readonly redFirst: boolean;
  readonly ratchet: boolean;
  readonly showMissing: boolean;
  readonly skipCovered: boolean;
}

export interface Condition {
  readonly pattern: string | undefined;
  readonly negativePattern: string | undefined;
  readonly message: string | undefined;
  readonly target: 'content' | 'path' | 'changed';
  readonly must: 'present' | 'absent';
  /** `must` was written: in a `<rule>` block only such conditions of `validate` are checked. */
  readonly explicit: boolean;
  /** In joined conditions: holds where it would not. */
  readonly negated: boolean;
  /** Patterns of which each has to be found in the path; else the condition says nothing. */
  readonly pathPatterns: readonly string[];
  readonly severity: Severity | undefined;
  /** Replaces a match, with `$1`, `$<name>` and `$&` as in JavaScript; with `must: present` it is put at the top. */
  readonly fix: Located<string> | undefined;
  readonly learnMoreUrl: Located<string> | undefined;
  /** Of the pattern's value. */
  readonly span: Span;
  readonly fields: WrittenFields;
}
