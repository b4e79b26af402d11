import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Range,
} from 'vscode-languageserver/node';
import type { Engine } from '../engine/engine.ts';
import type { Finding } from '../protocol/text.ts';
import type { Folders } from './folders.ts';

export interface CheckFixesParts {
  readonly engine: Engine;
  readonly folders: Folders;
}

/** An editor asks at each move of the cursor; more than these nobody reads. */
const maxFixes = 20;

/**
 * The fixes of what deterministic rules find where an editor asks. The file is checked again as it is typed now, since what
 * was shown may lie elsewhere by now.
 */
export async function provideCheckFixes(
  { engine, folders }: CheckFixesParts,
  { textDocument, range, context }: CodeActionParams,
  signal: AbortSignal,
): Promise<readonly CodeAction[]> {
  const { uri } = textDocument;
  const placed = folders.place(uri);
  const isWanted = context.only?.some((only) => isOrHolds(only, CodeActionKind.QuickFix)) ?? true;
  // Where nothing is shown there is nothing to mend.
  const isShown = context.diagnostics.some(({ code }) => String(code).startsWith('check.'));
  if (placed === undefined || !isWanted || !isShown) return [];
  const findings = await engine.check(placed.root, [placed.path], signal);
  return findings
    .flatMap((finding): readonly CodeAction[] =>
      finding.fix === undefined || !touches(finding.range, range)
        ? []
        : [
            {
              title: `Fix: ${finding.message}`,
              kind: CodeActionKind.QuickFix,
              diagnostics: context.diagnostics.filter(
                ({ code, message, range: shown }) =>
                  code === finding.code && message === finding.message && touches(finding.range, shown),
              ),
              isPreferred: true,
              edit: { changes: { [uri]: [finding.fix] } },
            },
          ],
    )
    .slice(0, maxFixes);
}

function isOrHolds(kind: string, inner: string): boolean {
  return kind === '' || inner === kind || inner.startsWith(`${kind}.`);
}

function touches(one: Finding['range'], other: Range): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Range['start'], other: Range['start']): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
