import { isDeepStrictEqual } from 'node:util';
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Connection,
  type Diagnostic,
} from 'vscode-languageserver/node';
import type { Finding, Severity } from '../protocol/text.ts';
import { uriOf } from './folders.ts';
import { problemPage } from './problemPage.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The sources of what stands in Problems. Each replaces only its own findings of a file. */
export type FindingSource = 'rules' | 'checks' | 'tests' | 'teamFiles' | 'commands';

type FileFindings = Map<FindingSource, readonly Finding[]>;

/** Publishes findings, several sources per file, and takes back what no source reports any more. Says nothing twice. */
export class DiagnosticsPublisher {
  readonly #connection: Connection;
  /** By root, then by path. */
  readonly #folders = new Map<string, Map<string, FileFindings>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Replaces what `source` said of one file. */
  setFile(source: FindingSource, root: string, path: string, findings: readonly Finding[]): void {
    const files = this.#filesOf(root);
    const known: FileFindings = files.get(path) ?? new Map();
    if (isDeepStrictEqual(known.get(source) ?? [], findings)) return;
    if (findings.length > 0) known.set(source, findings);
    else known.delete(source);
    if (known.size > 0) files.set(path, known);
    else files.delete(path);
    this.#publish(root, path, [...known.values()].flat());
  }

  /** Replaces all that `source` said of a folder. */
  setFolder(source: FindingSource, root: string, findings: readonly Finding[]): void {
    const byPath = new Map<string, Finding[]>();
    for (const [path, known] of this.#filesOf(root)) if (known.has(source)) byPath.set(path, []);
    for (const finding of findings) {
      const list = byPath.get(finding.path);
      if (list) list.push(finding);
      else byPath.set(finding.path, [finding]);
    }
    for (const [path, list] of byPath) this.setFile(source, root, path, list);
  }

  /** Takes back everything said of a folder. */
  forgetFolder(root: string): void {
    for (const path of this.#folders.get(root)?.keys() ?? []) this.#publish(root, path, []);
    this.#folders.delete(root);
  }

  #filesOf(root: string): Map<string, FileFindings> {
    const files = this.#folders.get(root) ?? new Map<string, FileFindings>();
    this.#folders.set(root, files);
    return files;
  }

  #publish(root: string, path: string, findings: readonly Finding[]): void {
    const diagnostics = findings.map((finding) => toDiagnostic(root, finding));
    void this.#connection.sendDiagnostics({ uri: uriOf(root, path), diagnostics });
  }
}

/** What stands there has no effect: an editor shows it faded. */
const unnecessary: ReadonlySet<string> = new Set([
  'rule.duplicate-key',
  'rule.shadowed-glob',
  'rule.unused-field',
  'rule.unused-id',
  'rule.unused-suppression',
  'rule.useless-budget',
]);

function toDiagnostic(root: string, finding: Finding): Diagnostic {
  const href = finding.learnMore ?? problemPage(finding.code);
  return {
    range: finding.range,
    severity: severities[finding.severity],
    code: finding.code,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(unnecessary.has(finding.code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    source: 'Codegen Lab',
    message: finding.message,
    relatedInformation: (finding.related ?? []).map((place) => ({
      location: { uri: uriOf(root, place.path), range: place.range },
      message: place.message,
    })),
  };
}
