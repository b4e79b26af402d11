import type { RunCause } from '../../protocol/runEvents.ts';
import { createLineMap } from '../documents/lineMap.ts';
import type { RuleCatalog } from '../rules/ruleCatalog.ts';
import type { Decision } from '../triggers/decideFirings.ts';
import { placeOf } from '../triggers/explain/explanation.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';

/** Why a run began, as its journal keeps it: the event, and what decided that the rule fires on it. */
export function causeOf(
  { name, origin, depth, causedBy, files }: FileEvent,
  { rule, reason, decidedBy, span }: Decision,
  catalog: RuleCatalog,
): RunCause {
  const effective = catalog.effective(rule.id);
  const place = effective && placeOf({ catalog, effective }, decidedBy, { span });
  const text = place && catalog.document(place.path)?.text;
  const position = text === undefined ? undefined : createLineMap(text).positionAt(place?.span.start ?? 0);
  const at = place && position && { path: place.path, ...position };
  return {
    event: name,
    origin,
    depth,
    ...(causedBy === undefined ? {} : { causedBy: causedBy.run }),
    ...(files === undefined || files.length < 2 ? {} : { files }),
    decision: { reason, ...(at === undefined ? {} : { place: at }) },
  };
}
