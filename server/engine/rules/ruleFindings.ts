import type { Finding } from '../../protocol/text.ts';
import { createLineMap } from '../documents/lineMap.ts';
import type { RuleDocument } from './rule.ts';

/** The problems of a rule file as they are shown, in source order. */
export function ruleFindings(document: RuleDocument): readonly Finding[] {
  if (document.problems.length === 0) return [];
  const lines = createLineMap(document.text);
  return document.problems.map(({ code, severity, message, span }) => ({
    path: document.path,
    range: lines.toRange(span),
    severity,
    code,
    message,
  }));
}
