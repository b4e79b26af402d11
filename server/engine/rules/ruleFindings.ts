import type { Finding, RelatedPlace } from '../../protocol/text.ts';
import { createLineMap } from '../documents/lineMap.ts';
import type { RuleDocument, RuleProblem } from './rule.ts';

/**
 * Problems of a rule file as they are shown, in their order; those of its text alone unless others are given. `textOf`
 * gives the text of another rule file of the folder, in which a related place lies; without it none is shown.
 */
export function ruleFindings(
  document: RuleDocument,
  problems: readonly RuleProblem[] = document.problems,
  textOf: (path: string) => string | undefined = () => undefined,
): readonly Finding[] {
  if (problems.length === 0) return [];
  const lines = createLineMap(document.text);
  return problems.map(({ code, severity, message, span, related = [] }) => {
    const places = related.flatMap((place) => toPlace(place, textOf(place.path)));
    return {
      path: document.path,
      range: lines.toRange(span),
      severity,
      code,
      message,
      ...(places.length === 0 ? {} : { related: places }),
    };
  });
}

function toPlace(
  { path, span, message }: NonNullable<RuleProblem['related']>[number],
  text: string | undefined,
): readonly RelatedPlace[] {
  return text === undefined ? [] : [{ path, range: createLineMap(text).toRange(span), message }];
}
