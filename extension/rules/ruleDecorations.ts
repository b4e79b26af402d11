import * as vscode from 'vscode';
import type { RuleSummary } from '../../server/protocol/requests.ts';
import { problemBadge, type RuleLines } from './problemBadge.ts';

/** Rules in the view have names of their own, so that it shows their problems and not the state of their file in git. */
const scheme = 'codegen-lab-rule';

/** What the view shows beside a rule: how many problems its part of the file has; paler where it does not act. */
export class RuleDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.registerFileDecorationProvider(this),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(isRuleFile)) this.#changed.fire(undefined);
      }),
    );
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== scheme) return undefined;
    const { file, lines, isOff } = readShownRule(uri);
    const problems = vscode.languages.getDiagnostics(vscode.Uri.parse(file)).map((problem) => ({
      line: problem.range.start.line,
      isError: problem.severity === vscode.DiagnosticSeverity.Error,
      isWarning: problem.severity === vscode.DiagnosticSeverity.Warning,
    }));
    const badge = problemBadge(problems, lines);
    if (badge === undefined)
      return isOff
        ? { color: new vscode.ThemeColor('disabledForeground'), tooltip: 'not active', propagate: false }
        : undefined;
    const color = badge.isError ? 'list.errorForeground' : 'list.warningForeground';
    return {
      badge: badge.text,
      tooltip: badge.tooltip,
      color: new vscode.ThemeColor(color),
      propagate: false,
    };
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }
}

/** Rule files by their names, as the server knows them. */
export function isRuleFile({ path }: vscode.Uri): boolean {
  return /(?:\.mdc|\.mdc\.md|\/RULE\.md|\/\.cursorrules)$/.test(path);
}

interface ShownRule {
  readonly file: string;
  readonly lines: RuleLines;
  readonly isOff: boolean;
}

/** The name of a rule in the view; `lines`: where it stands in its file. */
export function shownRuleUri(rule: RuleSummary, lines: RuleLines): vscode.Uri {
  const isOff = !rule.active && !rule.abstract && rule.place === 'live';
  const shown: ShownRule = { file: rule.uri, lines, isOff };
  return vscode.Uri.from({ scheme, path: `/${rule.ruleId}`, query: JSON.stringify(shown) });
}

function readShownRule(uri: vscode.Uri): ShownRule {
  return JSON.parse(uri.query) as ShownRule;
}
