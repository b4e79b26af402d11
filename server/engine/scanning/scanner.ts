import type { Range, Severity } from '../../protocol/text.ts';

/** One scanner of sources: what it reads, how it is called, how its report is read. Adding one is a file and a row. */
export interface Scanner {
  /** Stable, such as `ruff`; the codes of its findings begin with it. */
  readonly id: string;
  /** As people call it. */
  readonly title: string;
  readonly handles: (path: string) => boolean;
  /** What speaks for it in a folder, asked of each folder above a file, the nearest first; undefined: nothing does. */
  readonly find: (place: ScannerSearch) => Promise<ScannerFound | undefined>;
  readonly command: (request: ScanRequest) => ScanCommand;
  /** Why it may leave a file out, as a sentence. */
  readonly leavesOut?: string;
  readonly read: (report: ScanOutput) => ScanReading;
}

/** A folder in which a project may keep the scanner. */
export interface ScannerSearch {
  /** Whether this is there, relative to the folder; ignored files and dependency folders too. */
  readonly exists: (path: string) => Promise<boolean>;
  /** Text of a file directly in the folder; undefined: it is not there. */
  readonly text: (name: string) => Promise<string | undefined>;
}

export type ScannerFound =
  /** Relative to the folder. */
  | { readonly kind: 'file'; readonly path: string }
  /** A program by its name, that the project's configuration speaks of. */
  | { readonly kind: 'onPath'; readonly name: string }
  /** A module that an interpreter of the folder runs. */
  | { readonly kind: 'module'; readonly name: string }
  /** A program of an npm package, run by Node. */
  | { readonly kind: 'npm'; readonly package: string }
  | { readonly kind: 'missing'; readonly message: string };

export interface ScanRequest {
  /** The scanner's program with its first arguments. */
  readonly program: readonly [string, ...string[]];
  /** Relative to where it runs; at least one. */
  readonly files: readonly string[];
  /** Absolute folder in which `support` stands. */
  readonly support: string;
}

export interface ScanCommand {
  readonly argv: readonly [string, ...string[]];
  /** As a person would type it, without machine paths. */
  readonly display: string;
  /** Files that it needs. Names without a folder. */
  readonly support?: readonly { readonly name: string; readonly text: string }[];
}

export interface ScanOutput {
  /** Standard output. */
  readonly text: string;
  readonly exitCode: number;
}

export type ScanReading =
  | {
      readonly kind: 'read';
      readonly findings: readonly ScanFinding[];
      /** Files that it looked at; undefined: all that it was given. */
      readonly looked?: readonly string[];
    }
  /** It is no report: a sentence without a full stop. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What a scanner says of a place. */
export interface ScanFinding {
  /** As reported: absolute, or relative to where it ran. */
  readonly path: string;
  readonly range: Range;
  readonly severity: Severity;
  /** Of the scanner, such as `S602`. */
  readonly rule: string;
  readonly message: string;
  /** Address of a page that explains it; undefined: none is known. */
  readonly learnMore?: string;
}

/** Severities by rule, for scanners whose own do not tell what is grave. */
export type SeverityTable = Readonly<Record<string, Severity>>;
