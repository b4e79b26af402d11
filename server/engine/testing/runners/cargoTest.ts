import { readLcov } from '../coverage/readLcov.ts';
import { readCargoOutput } from '../reports/readCargoOutput.ts';
import { holdsRustTests } from '../reports/rustSources.ts';
import type {
  CommandRequest,
  FoundTest,
  ParsedSource,
  ReportReading,
  Runner,
  RunnerCommand,
} from './runner.ts';
import type { SyntaxNode } from '../../ports/syntax.ts';
import type { TestRunOutcome } from '../../../protocol/tests.ts';

const coverageName = 'cargo.lcov';
const nextest = '.config/nextest.toml';

/** `cargo test` of any stable Rust since 2021; coverage by cargo-llvm-cov. */
export const cargoTest: Runner = {
  id: 'cargo-test',
  title: 'cargo test',
  language: 'rust',
  rootMarks: ['Cargo.toml'],
  handles: (path) => path.endsWith('.rs'),
  detect: ({ names }) => ({
    certainty: 'possible',
    why: names.includes(nextest)
      ? `Rust comes with it; ${nextest} is for cargo-nextest, which is not called, so what it says does not count`
      : 'Rust comes with it',
  }),
  isTestFile: (path) => /(?:^|\/)tests\/(?:[^/]+|[^/]+\/main)\.rs$/u.test(path),
  holdsTests: holdsRustTests,
  isRootOfTests: (path) => /(?:^|\/)src\/(?:lib|main)\.rs$/u.test(path),
  newTestPath,
  command,
  read,
  readCoverage: (text, paths) => readLcov(text, paths),
  findTests,
  sourcesOf: (_files, all, base) => [...all].filter((path) => path.endsWith('.rs') && isOfCrate(path, base)),
  advice:
    'Tests run with `cargo test`. A file in `tests/` is a crate of its own: write functions with `#[test]`, and use what the crate under test makes `pub`. Use no other crate unless Cargo.toml names it.',
};

function isOfCrate(path: string, base: string): boolean {
  return base === '' || path.startsWith(`${base}/`);
}

function command(request: CommandRequest): RunnerCommand {
  const { program, files, ids, reports, coverage, failFast } = request;
  const targets = targetsOf(ids.length > 0 ? ids.map((id) => id.split('::')[0] ?? '') : files);
  const names = ids.map(nameOf).filter((name) => name !== '');
  const chosen = [...targets, ...(names.length === 0 ? [] : ['--', '--exact', ...names])];
  const tool =
    coverage === 'none'
      ? ['test']
      : ['llvm-cov', 'test', '--lcov', '--output-path', `${reports}/${coverageName}`];
  return {
    argv: [...program, ...tool, ...(failFast === true ? [] : ['--no-fail-fast']), ...chosen],
    env: { CARGO_TERM_COLOR: 'never', RUST_BACKTRACE: '1' },
    display: [coverage === 'none' ? 'cargo test' : 'cargo llvm-cov test', ...chosen].join(' '),
    report: { printed: 'all' },
    ...(coverage === 'none' ? {} : { coverageReport: coverageName }),
  };
}

/** Files in `tests/` are targets of their own; tests among the code need the whole crate. */
function targetsOf(paths: readonly string[]): readonly string[] {
  const names = paths.map((path) => /^tests\/([^/]+?)(?:\/main)?\.rs$/u.exec(path)?.[1]);
  if (names.includes(undefined)) return [];
  return [...new Set(names)].flatMap((name) => (name === undefined ? [] : ['--test', name]));
}

/** Empty for an id that stands for a whole file. */
function nameOf(id: string): string {
  return id.split('::').slice(1).join('::');
}

function read(reading: ReportReading): TestRunOutcome {
  if (/^error: no such (?:sub)?command: `llvm-cov`/mu.test(reading.report ?? ''))
    return {
      kind: 'runnerMissing',
      message: 'Coverage of Rust needs cargo-llvm-cov: cargo install cargo-llvm-cov.',
    };
  return readCargoOutput(reading);
}

/** In `tests/` of the crate, since only a crate with a library can be tested from outside. */
function newTestPath(source: string, near: string | undefined): string {
  const [, root = '', stem = 'lib'] = /^(.*?)(?:src\/)?([^/]+)\.rs$/u.exec(source) ?? [];
  const crate = root.includes('src/') ? root.slice(0, root.indexOf('src/')) : root;
  const folder = near === undefined ? `${crate}tests` : near.slice(0, Math.max(0, near.lastIndexOf('/')));
  return `${folder === '' ? '' : `${folder}/`}${stem}_generated.rs`;
}

/** Functions below a `#[test]`, with the modules around them. */
function findTests({ path, text, root }: ParsedSource): readonly FoundTest[] {
  const found: FoundTest[] = [];
  const modules = /(?:^|\/)src\/(.+)\.rs$/u.exec(path)?.[1]?.replace(/(?:^|\/)(?:mod|lib|main)$/u, '') ?? '';
  collect(root, modules === '' ? [] : modules.split('/'));
  return found;

  function collect(node: SyntaxNode, suites: readonly string[]): void {
    let isTest = false;
    for (const child of node.children) {
      if (child.type === 'attribute_item') {
        isTest ||= holdsRustTests(text.slice(child.start, child.end));
        continue;
      }
      const name = child.children.find(({ field }) => field === 'name');
      const word = name === undefined ? '' : text.slice(name.start, name.end);
      if (child.type === 'function_item' && isTest) {
        const line = text.slice(0, child.start).split('\n').length - 1;
        found.push({ id: [path, ...suites, word].join('::'), name: word, suites, line });
      }
      const body = child.children.find(({ field }) => field === 'body');
      if (child.type === 'mod_item' && body !== undefined) collect(body, [...suites, word]);
      if (child.isNamed && !child.type.endsWith('comment')) isTest = false;
    }
  }
}
