import type { Finding, FindingFix, Severity } from '../../../protocol/text.ts';
import type { ParsedReview, ReviewRemark } from '../../generation/formats/parseReview.ts';
import { checkGates } from '../../generation/gates/checkGates.ts';
import { maxFindings } from '../../generation/reviewInstructions.ts';
import { neutralise } from '../../safety/neutralise.ts';
import { createRedactor } from '../../safety/redact.ts';
import type { EditScope } from '../editing/editScope.ts';
import { judgeModelWrite } from '../judgeModelWrite.ts';
import { placeRemark, type Suggestion } from './placeRemark.ts';

export interface Review {
  readonly findings: readonly Finding[];
  /** Why others are not among them, a sentence each. */
  readonly dropped: readonly string[];
}

interface Reviewed {
  readonly path: string;
  readonly text: string;
}

const maxMessage = 1_000;
const maxShown = 80;
const mask = createRedactor([]);

/** Gives findings their places, drops those without one, and lets what they suggest through the gates of edits. */
export async function judgeRemarks(
  scope: EditScope,
  file: Reviewed,
  { remarks, unreadable }: Extract<ParsedReview, { readonly kind: 'read' }>,
): Promise<Review> {
  const findings: Finding[] = [];
  const dropped = unreadable.map((text) => `“${show(text)}” quotes nothing.`);
  const known = new Set<string>();
  for (const remark of remarks) {
    const message = show(remark.message, maxMessage);
    const placed = placeRemark(file.text, remark);
    if (message === '') dropped.push('A finding says nothing.');
    else if (placed.kind === 'lost') dropped.push(`“${show(message)}”: the quoted text ${placed.reason}.`);
    else if (findings.length >= maxFindings) dropped.push(`“${show(message)}”: more than ${maxFindings}.`);
    else {
      const { range, suggestion } = placed;
      const key = JSON.stringify([range, message]);
      if (known.has(key)) continue;
      known.add(key);
      const judged = suggestion && (await judgeSuggestion(scope, file, suggestion));
      if (judged !== undefined && 'refused' in judged)
        dropped.push(`What is suggested for “${show(message)}” is refused: ${judged.refused}.`);
      findings.push({
        path: file.path,
        range,
        severity: severityOf(remark, scope.action.severity),
        code: 'review.finding',
        message,
        ...(judged !== undefined && 'fix' in judged ? { fix: judged.fix } : {}),
      });
    }
  }
  return { findings, dropped };
}

/** A suggestion is an edit: it passes the same gates, or it is not offered. */
async function judgeSuggestion(
  scope: EditScope,
  { path, text }: Reviewed,
  { range, replaces, newText, after }: Suggestion,
): Promise<{ readonly fix: FindingFix } | { readonly refused: string }> {
  if (after === text) return { refused: 'it changes nothing' };
  const files = [{ path, before: text, after }];
  const gates = { syntax: scope.deps.syntax, isAllowed: () => true };
  const results = await checkGates(files, gates, scope.signal);
  const barred = results.find(({ outcome }) => outcome === 'refused')?.note;
  const reason = barred ?? (await judgeModelWrite(scope, files)).refusals[0]?.reason;
  if (reason !== undefined) return { refused: show(reason, maxMessage) };
  return { fix: { range, newText, replaces } };
}

const severities: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

/** The `severity` of the action is the most that a finding may have. */
function severityOf({ severity }: ReviewRemark, most: Severity | undefined): Severity {
  if (most === undefined) return severity;
  return severities.indexOf(severity) > severities.indexOf(most) ? most : severity;
}

/** What a model wrote, on one line. */
function show(text: string, most = maxShown): string {
  const line = mask(neutralise(text)).replaceAll(/\s+/gu, ' ').trim();
  return line.length > most ? `${line.slice(0, most).toWellFormed()}…` : line;
}
