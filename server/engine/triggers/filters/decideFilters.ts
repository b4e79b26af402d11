import type { Span } from '../../documents/span.ts';
import type { Filter } from '../../rules/rule.ts';
import type { EventFile } from './eventFile.ts';
import { testFilter } from './holdsFilter.ts';

export interface FilterFault {
  readonly reason: string;
  /** Of the filter that decided. */
  readonly span: Span;
}

/**
 * Why the filters do not let a rule act on the file; undefined when they do. Entries of one type are alternatives,
 * all types must hold, a negated entry must hold by itself. `held` are types that count as holding. What is
 * cheap to find out is looked at first.
 */
export async function decideFilters(
  filters: readonly Filter[],
  file: EventFile,
  held: ReadonlySet<string>,
): Promise<FilterFault | undefined> {
  const concerned = filters.filter((filter) => !held.has(filter.type));
  const groups = groupFilters(concerned).toSorted((left, right) => costOf(left) - costOf(right));
  for (const group of groups) {
    const fault = await decideGroup(group, file);
    if (fault !== undefined || file.signal.aborted) return fault;
  }
  return undefined;
}

type Group = readonly [Filter, ...Filter[]];

function groupFilters(filters: readonly Filter[]): readonly Group[] {
  const negated = filters.filter((filter) => filter.negate).map((filter): Group => [filter]);
  const byType = new Map<string, Filter[]>();
  for (const filter of filters) {
    if (filter.negate) continue;
    const known = byType.get(filter.type);
    if (known === undefined) byType.set(filter.type, [filter]);
    else known.push(filter);
  }
  const alternatives = [...byType.values()].flatMap(([first, ...rest]): Group[] =>
    first ? [[first, ...rest]] : [],
  );
  return [...alternatives, ...negated];
}

/** How dear it is to find out, for types that need more than the event: a look at the disk, a read, other files, git. */
const costs: Readonly<Record<string, number>> = {
  exists: 1,
  missing: 1,
  content: 2,
  file_size: 2,
  line_count: 2,
  tests: 3,
  git: 4,
  changed_content: 5,
};

function costOf([{ type }]: Group): number {
  return costs[type] ?? 0;
}

async function decideGroup(group: Group, file: EventFile): Promise<FilterFault | undefined> {
  const [first] = group;
  let unknown: FilterFault | undefined;
  for (const filter of group) {
    const test = await testFilter(filter, file);
    if (test.kind === 'unknown')
      unknown ??= {
        reason: `its filter \`${filter.type}\` does not hold: ${test.reason}`,
        span: filter.span,
      };
    else if ((test.kind === 'found') !== filter.negate) return undefined;
  }
  return unknown ?? { reason: explain(first, group.length), span: first.span };
}

function explain({ type, pattern, negate }: Filter, count: number): string {
  const shown = pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern;
  if (negate) return `its negated filter \`${type}\` finds \`${shown}\``;
  return count === 1
    ? `its filter \`${type}\` does not find \`${shown}\``
    : `none of its ${count} filters \`${type}\` holds`;
}
