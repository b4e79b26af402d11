import type { RuleKind } from '../rule.ts';
import type { DialectHeader } from './readHeader.ts';

export type DialectId =
  | 'agents'
  | 'claude'
  | 'claude-rules'
  | 'cline'
  | 'continue'
  | 'copilot'
  | 'kiro'
  | 'windsurf';

/** The rule files of one other tool: where they lie, what their keys mean, and how they are written. */
export interface Dialect {
  readonly id: DialectId;
  /** As people call it. */
  readonly label: string;
  /** Keys that the tool reads; any other is lost. */
  readonly keys: readonly string[];
  /** What the place of a file says; undefined when the file is none of this tool's. */
  place(path: string): DialectPlace | undefined;
  /** What the keys of a file say; files that this tool reads without frontmatter have none. */
  interpret(header: DialectHeader, place: DialectPlace): DialectKeys;
  /** The body as a rule of ours, where the two are not the same. */
  convertBody?(body: string, place: DialectPlace): string;
  /** The tool's files for these rules. */
  write(rules: readonly PortableRule[]): DialectExport;
}

export interface DialectPlace {
  /** The folder whose files the rule is about, `` for the whole workspace folder. */
  readonly scope: string;
  /** Where our rule would lie: below `.cursor/rules` of that folder, without an extension. */
  readonly file: string;
  /** The tool reads frontmatter here. */
  readonly hasFrontmatter: boolean;
}

/** What the keys say, in our words. */
export interface DialectKeys {
  readonly kind: RuleKind;
  /** The key whose value is a list of globs; undefined when there is none. */
  readonly globsKey: string | undefined;
  readonly description: string;
  /** Shown in place of the file's name; undefined when the file's name is. */
  readonly label: string | undefined;
  /** Keys that have a meaning here which no rule of ours can have: key and what gets lost. */
  readonly lost: readonly string[];
}

/** A rule with all that rules of several tools have in common; inheritance and includes are resolved. */
export interface PortableRule {
  /** Path below the folder of rules, without an extension, such as `web/react`. */
  readonly file: string;
  /** Undefined when it is called like its file. */
  readonly label: string | undefined;
  readonly description: string;
  readonly kind: RuleKind;
  readonly globs: readonly string[];
  readonly scope: string;
  readonly body: string;
}

export interface DialectExport {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly losses: readonly Loss[];
}

/** Something that does not come over, as a sentence; `rule` is the path of the rule or file. */
export interface Loss {
  readonly rule: string;
  readonly message: string;
}
