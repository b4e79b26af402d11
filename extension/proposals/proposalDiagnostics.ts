import * as vscode from 'vscode';
import type { Finding, Severity } from '../../server/protocol/text.ts';
import type { RunView } from '../../server/protocol/viewState.ts';
import { parseProposalUri, proposalScheme, renderProposalUri } from './proposalUri.ts';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** What was found in a proposal, at its lines in the difference, for as long as that is shown. */
export class ProposalDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('Codegen Lab (proposal)');

  show({ run, assessment }: Pick<RunView, 'run' | 'assessment'>): void {
    this.clear(run);
    const findings = assessment?.findings ?? [];
    for (const path of new Set(findings.map((finding) => finding.path))) {
      const place = renderProposalUri({ side: 'after', run, path });
      const own = findings.filter((finding) => finding.path === path);
      this.#collection.set(vscode.Uri.from({ scheme: proposalScheme, ...place }), own.map(toDiagnostic));
    }
  }

  clear(run: string): void {
    for (const [uri] of this.#collection)
      if (parseProposalUri(uri)?.run === run) this.#collection.delete(uri);
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

function toDiagnostic({
  range: { start, end },
  message,
  severity,
  code,
  learnMore,
}: Finding): vscode.Diagnostic {
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
  diagnostic.source = 'Codegen Lab';
  diagnostic.code = learnMore === undefined ? code : { value: code, target: vscode.Uri.parse(learnMore) };
  return diagnostic;
}
