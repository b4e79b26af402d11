import type { Span } from '../../documents/span.ts';
import { compileGlob, matchGlob, splitPath } from '../../rules/globs/compileGlob.ts';
import { comparisonPattern } from '../../rules/reading/parseFilters.ts';
import type { Filter } from '../../rules/rule.ts';
import { parseEventPattern } from '../../rules/vocabulary/events.ts';
import { expandPath } from '../expandVariables.ts';
import type { FileEvent } from '../fileEvent.ts';
import { searchPattern, testPattern } from '../searchPattern.ts';
import type { EventFile, TestState } from './eventFile.ts';
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
      return testLanguage(filter.pattern, file.event);
    case 'event':
      return testEvent(filter.pattern, file.event);
    case 'message':
      return testMessage(filter, file);
    case 'exists':
    case 'missing':
      return testExistence(filter, file);
    case 'content':
    case 'file_size':
    case 'line_count':
      return testText(filter, file);
    case 'changed_content':
      return testChanges(filter, file);
    case 'tests':
      return testTests(filter.pattern, await file.tests());
    case 'git':
      return testGit(filter, file);
    default:
      return unknown(`\`${filter.type}\` is no known type of filter`);
  }
}

function unknown(reason: string): FilterTest {
  return { kind: 'unknown', reason };
}

function outcome(found: boolean): FilterTest {
  return { kind: found ? 'found' : 'notFound' };
}

/** An editor says `plaintext` also of what it has no name for; then the file's name counts as well. */
function testLanguage(pattern: string, { path, language = 'plaintext' }: FileEvent): FilterTest {
  const named = language === 'plaintext' ? [languageOf(path) ?? language, language] : [language];
  return outcome(pattern.split(/[|,]/).some((word) => named.includes(word.trim())));
}

/** All that happened in the quiet period counts. */
function testEvent(pattern: string, { name, names = [name] }: FileEvent): FilterTest {
  const { events } = parseEventPattern(pattern);
  return outcome(names.some((each) => events.includes(each)));
}

async function testMessage(filter: Filter, file: EventFile): Promise<FilterTest> {
  const { message } = file.event;
  return message === undefined
    ? unknown('nobody wrote a message here')
    : searchText(filter, message, { file, flags: 'm' });
}

function testTests(pattern: string, state: TestState | undefined): FilterTest {
  if (state === undefined) return unknown('the state of the file’s tests is not known');
  if (state === 'notRun' && pattern.trim() !== 'none')
    return unknown('the tests that concern the file have not been run');
  return outcome(pattern.trim() === state);
}

async function testGit(filter: Filter, file: EventFile): Promise<FilterTest> {
  const state = await file.gitState();
  if (state === undefined)
    return unknown('its state in version control is not known: there is no repository that git can read');
  switch (filter.pattern.trim()) {
    case 'staged':
      return outcome(state.staged);
    case 'untracked':
      return outcome(state.untracked);
    case 'modified':
      return outcome(state.indexed !== undefined && differs(state.indexed, await file.text()));
    default:
      return state.branch === undefined
        ? unknown('no branch is checked out')
        : searchText(filter, state.branch, { file, flags: '' });
  }
}

/** Other line ends are no change: git may translate them. */
function differs(indexed: string, text: string | undefined): boolean {
  return indexed.replaceAll('\r\n', '\n') !== text?.replaceAll('\r\n', '\n');
}

interface SearchOptions {
  readonly file: EventFile;
  readonly flags: string;
}

/** The runs are searched as one text; what reaches from one into the next is no match. */
async function testChanges(filter: Filter, file: EventFile): Promise<FilterTest> {
  const changes = await file.changes();
  if (changes === undefined) return unknown('which lines changed is not known');
  const runs = changes.spans.map(({ start, end }) => changes.text.slice(start, end));
  const request = { source: filter.pattern, flags: mergeFlags(filter.flags, 'm') };
  const found = await searchPattern(request, runs.join('\n'), file);
  if (found.kind === 'unknown') return late;
  const ends: number[] = [];
  for (const run of runs) ends.push((ends.at(-1) ?? -1) + 1 + run.length);
  const isWithin = ({ start, end }: Span): boolean => end <= (ends.find((each) => start <= each) ?? -1);
  return outcome(found.spans.some(isWithin));
}

const late: FilterTest = unknown('its pattern could not be searched for in time');

async function searchText(
  filter: Filter,
  subject: string,
  { file, flags }: SearchOptions,
): Promise<FilterTest> {
  const request = { source: filter.pattern, flags: mergeFlags(filter.flags, flags) };
  const found = await testPattern(request, subject, file);
  return found === 'unknown' ? late : outcome(found);
}

function mergeFlags(own: string, more: string): string {
  return [...new Set(own + more)].join('');
}

function testGlob(pattern: string, path: string): FilterTest {
  const glob = compileGlob(pattern);
  if (glob.kind === 'refused') return unknown(`its glob ${glob.fault}`);
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
  if (text === undefined) return unknown('the file has no text to look at');
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
