import { readGoProfile } from '../coverage/readGoProfile.ts';
import { goModule } from '../reports/goSources.ts';
import { parseEvent } from '../reports/goEvent.ts';
import { readGoEvents } from '../reports/readGoEvents.ts';
import type { CommandRequest, FoundTest, ParsedSource, Runner, RunnerCommand } from './runner.ts';

const coverageName = 'go.cover';

/** `go test` of Go 1.20 and newer. */
export const goTest: Runner = {
  id: 'go-test',
  title: 'go test',
  language: 'go',
  rootMarks: ['go.mod'],
  handles: (path) => path.endsWith('.go'),
  detect: () => ({ certainty: 'likely', why: 'Go comes with it' }),
  isTestFile,
  newTestPath: (source) => source.replace(/\.go$/u, '_generated_test.go'),
  command,
  read: readGoEvents,
  readCoverage: (text, paths, sources, base) => readGoProfile(text, paths, goModule(sources, base)),
  findTests,
  sourcesOf,
  advice:
    'Tests run with `go test`. Write functions `func TestXxx(t *testing.T)` in a file whose name ends with `_test.go`, with a table and `t.Run` where there are several cases. Use nothing but the standard library unless the project already does.',
};

/** The go tool passes over files that begin so. */
function isTestFile(path: string): boolean {
  return /(?:^|\/)[^/_.][^/]*_test\.go$/u.test(path) && !/(?:^|\/)(?:testdata|vendor)\//u.test(path);
}

function command({ program, files, ids, reports, coverage, seed, failFast }: CommandRequest): RunnerCommand {
  const paths = ids.length > 0 ? ids.map((id) => id.split('::')[0] ?? '') : files;
  const packages = paths.length === 0 ? ['./...'] : [...new Set(paths.map(packageOf))];
  const flags = [
    ...(ids.length > 0 ? ['-run', runPattern(ids)] : []),
    ...(failFast === true ? ['-failfast'] : []),
    ...(seed === undefined ? [] : [`-shuffle=${shuffleSeed(seed)}`]),
  ];
  // Of each package by its own tests: with the whole module, one package that does not build would fail all of them.
  const cover = coverage === 'none' ? [] : [`-coverprofile=${reports}/${coverageName}`];
  return {
    // A result of the cache would prove nothing about now.
    argv: [...program, 'test', '-json', '-count=1', ...flags, ...cover, ...packages],
    env: {},
    display: ['go test', ...flags.map(shown), ...(coverage === 'none' ? [] : ['-cover']), ...packages].join(
      ' ',
    ),
    report: { printed: 'all' },
    show: showLine,
    ...(coverage === 'none' ? {} : { coverageReport: coverageName }),
    ...(seed === undefined ? {} : { shuffled: 'the tests of each package (-shuffle)' }),
  };
}

/** Zero means that none was given. */
function shuffleSeed(seed: number): number {
  return Math.max(1, Math.abs(Math.trunc(seed)));
}

/** Go runs packages, not files. */
function packageOf(path: string): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return folder === '' ? '.' : `./${folder}`;
}

/** Levels are matched one by one, and a slash in a name makes a level as well. An id of a whole file takes its package. */
function runPattern(ids: readonly string[]): string {
  const patterns = ids.map((id) => {
    const names = id.split('::').slice(1).join('/').split('/');
    return names.map((name) => (name === '' ? '' : `^${quote(name)}$`)).join('/');
  });
  return patterns.includes('') ? '.' : [...new Set(patterns)].join('|');
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}

function shown(argument: string): string {
  return /^[\w./=-]+$/u.test(argument) ? argument : `'${argument}'`;
}

/** What go test prints without `-json`. */
function showLine(line: string): string | undefined {
  const event = line.startsWith('{"') ? parseEvent(line) : undefined;
  return event === undefined ? line : event.Output?.replace(/\n$/u, '');
}

/** Test files of the packages that are run, and the module's name. */
function sourcesOf(files: readonly string[], all: ReadonlySet<string>, base: string): readonly string[] {
  const folders = new Set(files.map(folderOf));
  const tests = [...all].filter(
    (path) => isTestFile(path) && (files.length === 0 || folders.has(folderOf(path))),
  );
  return [base === '' ? 'go.mod' : `${base}/go.mod`, ...tests].filter((path) => all.has(path));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function findTests({ path, text, root }: ParsedSource): readonly FoundTest[] {
  return root.children.flatMap((node) => {
    const name =
      node.type === 'function_declaration' ? node.children.find(({ field }) => field === 'name') : undefined;
    const word = name === undefined ? '' : text.slice(name.start, name.end);
    if (!/^(?:Test|Example|Fuzz)(?![a-z])/u.test(word) || word === 'TestMain') return [];
    return [
      {
        id: `${path}::${word}`,
        name: word,
        suites: [],
        line: text.slice(0, node.start).split('\n').length - 1,
      },
    ];
  });
}
