import { compileGlob, matchGlob, splitPath } from '../../rules/globs/compileGlob.ts';
import { comparisonPattern } from '../../rules/reading/parseFilters.ts';
import type { Filter } from '../../rules/rule.ts';
import { parseEventPattern } from '../../rules/vocabulary/events.ts';
import { expandPath } from '../expandVariables.ts';
import { testPattern } from '../searchPattern.ts';
import type { EventFile } from './eventFile.ts';
import { languageOf } from './languageOf.ts';
import { nameSubject, pathSubject } from './pathSubject.ts';

/** Whether one filter finds what it looks for. `reason` says why that cannot be told, and then it does not hold. */
export type FilterTest =
  | { readonly kind: 'found' | 'notFound' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Tests a filter without looking at its `negate`. */
export async function testFilter(filter: Filter, file: EventFile): Promise<FilterTest> {
  const { path } = file.event;
  switch (filter.type) {
    case 'file_extension':
    case 'file_name':
      return searchText(filter, nameSubject(filter.pattern, path), { file, flags: '' });
    case 'file_path':
    case 'directory':
      return searchText(filter, pathSubject(filter.pattern, path), { file, flags: '' });
    case 'glob':
      return testGlob(filter.pattern, path);
    case 'language':
      return outcome(filter.pattern.split(/[|,]/).some((word) => word.trim() === languageOf(path)));
    case 'event':
      return outcome(parseEventPattern(filter.pattern).events.includes(file.event.name));
    case 'exists':
    case 'missing':
      return testExistence(filter, file);
    case 'content':
    case 'file_size':
    case 'line_count':
      return testText(filter, file);
    default:
      return { kind: 'unknown', reason: unknownReason(filter.type) };
  }
}

function outcome(found: boolean): FilterTest {
  return { kind: found ? 'found' : 'notFound' };
}

function unknownReason(type: string): string {
  switch (type) {
    case 'changed_content':
      return 'which lines changed is not known';
    case 'message':
      return 'there is no message of a user here';
    case 'tests':
      return 'the state of the file’s tests is not known';
    case 'git':
      return 'the state in version control is not known';
    default:
      return `\`${type}\` is no known type of filter`;
  }
}

interface SearchOptions {
  readonly file: EventFile;
  readonly flags: string;
}

async function searchText(
  filter: Filter,
  subject: string,
  { file, flags }: SearchOptions,
): Promise<FilterTest> {
  const request = { source: filter.pattern, flags: mergeFlags(filter.flags, flags) };
  const found = await testPattern(request, subject, file);
  if (found === 'unknown')
    return { kind: 'unknown', reason: 'its pattern could not be searched for in time' };
  return outcome(found);
}

function mergeFlags(own: string, more: string): string {
  return [...new Set(own + more)].join('');
}

function testGlob(pattern: string, path: string): FilterTest {
  const glob = compileGlob(pattern);
  if (glob.kind === 'refused') return { kind: 'unknown', reason: `its glob ${glob.fault}` };
  return outcome(matchGlob(glob.glob, splitPath(path)) !== glob.glob.negated);
}

async function testExistence(filter: Filter, file: EventFile): Promise<FilterTest> {
  // Written as a pattern in some public rules: `pyproject\.toml`.
  const path = expandPath(filter.pattern.replaceAll('\\.', '.'), file.event.path);
  const exists = await file.files.exists(file.event.root, path, file.signal);
  return outcome(exists === (filter.type === 'exists'));
}

async function testText(filter: Filter, file: EventFile): Promise<FilterTest> {
  const text = await file.text();
  if (text === undefined) return { kind: 'unknown', reason: 'the file has no text to look at' };
  if (filter.type === 'content') return searchText(filter, text, { file, flags: 'm' });
  const size = filter.type === 'line_count' ? countLines(text) : new TextEncoder().encode(text).length;
  return outcome(compare(size, filter.pattern));
}

/** A final line break ends the last line and begins none. */
function countLines(text: string): number {
  if (text === '') return 0;
  const breaks = text.match(/\r\n|\n|\r/g)?.length ?? 0;
  return /[\n\r]$/.test(text) ? breaks : breaks + 1;
}

const unitBytes: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1_048_576 };

function compare(value: number, comparison: string): boolean {
  const [, operator = '==', amount = '', unit = 'b'] = comparisonPattern.exec(comparison) ?? [];
  const limit = Number(amount) * (unitBytes[unit.toLowerCase()] ?? 1);
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '!=':
      return value !== limit;
    default:
      return amount !== '' && value === limit;
  }
}
