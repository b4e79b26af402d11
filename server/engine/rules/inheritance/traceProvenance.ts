import type { Action, Filter, Rule } from '../rule.ts';
import type { Provenance } from './effectiveRule.ts';
import type { TextPiece } from './textPiece.ts';
import type { InheritedGlobs } from './mergeGlobs.ts';
import { placeOf, placesOf, writerOf } from './writtenKeys.ts';

export interface TraceSource {
  /** The rule itself first. */
  readonly lineage: readonly [Rule, ...(readonly Rule[])];
  readonly globs: InheritedGlobs;
  readonly body: readonly TextPiece[];
  /** The effective rule. */
  readonly rule: Rule;
}

const scalars = [...['description', 'alwaysApply', 'on', 'debounce', 'skip', 'model', 'approval']] as const;
const joined = ['origin', 'budget', 'metadata'] as const;
const own = ['name', 'version', 'enabled', 'abstract', 'extends'] as const;
type Trace = Map<string, readonly Provenance[]>;

/** Where the values of a file rule came from; a key that nobody wrote is not among them. Entries of lists as `actions.0`. */
export function traceFile({
  lineage,
  globs,
  body,
  rule,
}: TraceSource): ReadonlyMap<string, readonly Provenance[]> {
  const trace: Trace = new Map();
  const put = (key: string, places: readonly Provenance[]): void => {
    if (places.length > 0) trace.set(key, places);
  };
  for (const key of own) if (lineage[0].written.has(key)) put(key, [placeOf(lineage[0], key)]);
  for (const key of scalars) {
    const writer = writerOf(lineage, key);
    if (writer !== undefined) put(key, [placeOf(writer, key)]);
  }
  put('globs', globs.places);
  for (const key of joined) put(key, placesOf(lineage, key));
  putPriority(put, lineage);
  putEntries(put, lineage, 'filters', rule.filters);
  putEntries(put, lineage, 'actions', rule.actions);
  put(
    'body',
    body.filter(({ text }) => /\S/.test(text)).map(({ path, span }) => ({ ruleId: path, path, span })),
  );
  return trace;
}

/** The same for a block: what it says itself is its own, the rest comes with the frontmatter. */
export function traceBlock(
  block: Rule,
  file: ReadonlyMap<string, readonly Provenance[]>,
): ReadonlyMap<string, readonly Provenance[]> {
  const shared = ['globs', 'on', 'origin', 'debounce', 'skip', 'priority', 'model', 'budget', 'approval'];
  const trace: Trace = new Map();
  for (const key of [...shared, 'enabled', 'abstract']) {
    const places = file.get(key);
    if (places !== undefined) trace.set(key, places);
  }
  for (const key of block.written.keys()) trace.set(key, [placeOf(block, key)]);
  return trace;
}

type Put = (key: string, places: readonly Provenance[]) => void;

function putPriority(put: Put, lineage: TraceSource['lineage']): void {
  const writer = writerOf(lineage, 'priority');
  if (writer !== undefined) return put('priority', [placeOf(writer, 'priority')]);
  const fromMetadata = lineage.find(({ metadata }) => metadata['priority'] !== undefined);
  if (fromMetadata !== undefined) put('priority', [placeOf(fromMetadata, 'metadata')]);
}

/** Merging keeps the entries themselves, so whose list holds one is who wrote it. */
function putEntries(
  put: Put,
  lineage: TraceSource['lineage'],
  key: 'filters' | 'actions',
  entries: readonly (Filter | Action)[],
): void {
  put(key, placesOf(lineage, key));
  for (const [index, entry] of entries.entries()) {
    const writer = lineage.find((rule) => rule[key].some((each) => each === entry));
    if (writer !== undefined)
      put(`${key}.${index}`, [{ ruleId: writer.id, path: writer.path, span: entry.span }]);
  }
}
