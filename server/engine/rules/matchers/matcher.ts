import type { Severity } from '../../../protocol/text.ts';

/** Reads problems in what a command prints, as VS Code's problem matchers do. */
export interface Matcher {
  /** Stands as the code of a problem that has none, such as `tsc`. */
  readonly name: string;
  /** Of problems that do not say. */
  readonly severity: Severity;
  readonly location: FileLocation;
  /** One per line of a problem; at least one. */
  readonly patterns: readonly MatcherPattern[];
}

/** How the path of a problem is meant. `base`: relative to the workspace folder; undefined: to where the command runs. */
export interface FileLocation {
  readonly kind: 'relative' | 'absolute' | 'autoDetect';
  readonly base: string | undefined;
}

/** Which group of the expression holds what; undefined: none does. */
export interface MatcherPattern {
  readonly regexp: string;
  /** It is one of ours and known to end soon; others are run under a deadline. */
  readonly isOurs: boolean;
  /** `file`: the problem has no line. */
  readonly kind: 'location' | 'file';
  readonly file: number | undefined;
  /** `line`, `line,column` or `line,column,endLine,endColumn` in one group. */
  readonly location: number | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly endLine: number | undefined;
  readonly endColumn: number | undefined;
  readonly severity: number | undefined;
  readonly code: number | undefined;
  readonly message: number | undefined;
  /** The last pattern only: each further line that it matches is one more problem. */
  readonly loop: boolean;
}
