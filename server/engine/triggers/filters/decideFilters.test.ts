import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../../test/inMemoryFiles.ts';
import { latePatterns, scriptPatterns } from '../../../test/scriptPatterns.ts';
import type { Git, GitState } from '../../ports/git.ts';
import { parseRuleDocument } from '../../rules/parseRuleDocument.ts';
import type { FileEvent } from '../fileEvent.ts';
import { decideFilters } from './decideFilters.ts';
import { createEventFile, type FilterSources, type TestState } from './eventFile.ts';

const { signal } = new AbortController();
const saved: FileEvent = { root: '/w', path: 'src/a.ts', name: 'save', origin: 'user', depth: 0 };
const tracked: GitState = { branch: 'feature/login', staged: false, untracked: false, indexed: 'a\n' };

interface Given {
  /** As the frontmatter writes them. */
  readonly filters: string;
  readonly event?: Partial<FileEvent>;
  /** Text of the file on the disk. */
  readonly text?: string;
  /** Text in the last commit. */
  readonly committed?: string;
  readonly git?: GitState;
  readonly tests?: TestState;
  readonly patterns?: FilterSources['patterns'];
}

/** Counts how often version control and the tests were asked. */
function sourcesOf({ text, committed, git, tests, patterns = scriptPatterns }: Given) {
  const asked: string[] = [];
  const files = createInMemoryFiles(text === undefined ? {} : { 'src/a.ts': text });
  const port: Git = {
    committed: async (_root, path) => {
      asked.push(`committed ${path}`);
      return committed;
    },
    state: async () => {
      asked.push('state');
      return git;
    },
  };
  const testState = async (): Promise<TestState> => {
    asked.push('tests');
    return tests ?? 'none';
  };
  const sources: FilterSources = {
    files,
    patterns,
    git: port,
    ...(tests === undefined ? {} : { testState }),
  };
  return { asked, files, sources };
}

/** Why they do not hold; undefined when they do. */
async function decide(given: Given, sources = sourcesOf(given).sources): Promise<string | undefined> {
  const { file } = parseRuleDocument('r.mdc', `---\nfilters: [${given.filters}]\n---\n`);
  const event = createEventFile({ ...sources, event: { ...saved, ...given.event }, signal });
  return (await decideFilters(file.filters, event, new Set()))?.reason;
}

const changed = (pattern: string, more = ''): string =>
  `{type: changed_content, pattern: "${pattern}"${more}}`;
const git = (word: string, more = ''): string => `{type: git, pattern: "${word}"${more}}`;
const tests = (word: string, more = ''): string => `{type: tests, pattern: ${word}${more}}`;
const negated = ', options: {negate: true}';
const before = 'const a = 1;\nlet b = 2;\n';
const after = 'const a = 1;\nlet c = 3;\n';

const holding: readonly (readonly [title: string, given: Given])[] = [
  ['a changed line', { filters: changed('let c'), event: { before }, text: after }],
  ['a changed line by its start', { filters: changed('^let'), event: { before }, text: after }],
  [
    'a changed line in other letters',
    { filters: changed('LET C', ', options: {flags: i}'), event: { before }, text: after },
  ],
  ['no line that stayed, negated', { filters: changed('const', negated), event: { before }, text: after }],
  ['a line other than in the last commit', { filters: changed('let c'), text: after, committed: before }],
  [
    'any line of a file that was created',
    { filters: changed('const'), event: { name: 'create' }, text: after, committed: 'other' },
  ],
  [
    'any line of a file that was created and saved',
    { filters: changed('const'), event: { names: ['create', 'save'] }, text: after },
  ],
  [
    'any line of a file that git does not know',
    { filters: changed('const'), text: after, git: { ...tracked, untracked: true } },
  ],
  [
    'a line of a renamed file',
    {
      filters: changed('let c'),
      event: { name: 'rename', oldPath: 'src/b.ts' },
      text: after,
      committed: before,
    },
  ],
  ['staged', { filters: git('staged'), git: { ...tracked, staged: true } }],
  ['not staged, negated', { filters: git('staged', negated), git: tracked }],
  ['untracked', { filters: git('untracked'), git: { ...tracked, untracked: true } }],
  ['modified', { filters: git('modified'), git: tracked, text: 'b\n' }],
  ['not modified by line ends', { filters: git('modified', negated), git: tracked, text: 'a\r\n' }],
  ['a branch', { filters: git('^feature/'), git: tracked }],
  ['one state or the other', { filters: `${git('staged')}, ${git('modified')}`, git: tracked, text: 'b\n' }],
  ['red tests', { filters: tests('red'), tests: 'red' }],
  ['green tests', { filters: tests('green'), tests: 'green' }],
  ['no tests', { filters: tests('none'), tests: 'none' }],
  ['tests that are not red', { filters: tests('red', negated), tests: 'green' }],
  ['tests that are there and were not run', { filters: tests('none', negated), tests: 'notRun' }],
  ['a message', { filters: '{type: message, pattern: "(?i)tests"}', event: { message: 'Write Tests' } }],
  [
    'one of the events',
    { filters: '{type: event, pattern: file_create}', event: { names: ['create', 'save'] } },
  ],
  ['no event that did not happen, negated', { filters: `{type: event, pattern: delete${negated}}` }],
  ['the language of the editor', { filters: '{type: language, pattern: mdx}', event: { language: 'mdx' } }],
  [
    'the language by its name, where the editor knows none',
    { filters: '{type: language, pattern: typescript}', event: { language: 'plaintext' } },
  ],
  ['plain text', { filters: '{type: language, pattern: plaintext}', event: { path: 'notes.txt' } }],
  ['the language by its name', { filters: '{type: language, pattern: typescript}' }],
  ['the path of a deleted file', { filters: '{type: glob, pattern: "src/*"}', event: { name: 'delete' } }],
  [
    'the new path of a renamed file',
    { filters: '{type: file_name, pattern: "^a"}', event: { name: 'rename', oldPath: 'b.ts' } },
  ],
];

describe('decideFilters holds', () => {
  for (const [title, given] of holding) {
    it(`for ${title}`, async () => assert.equal(await decide(given), undefined));
  }
});

const refusing: readonly (readonly [title: string, given: Given, reason: RegExp])[] = [
  [
    'a line that stayed',
    { filters: changed('const'), event: { before }, text: after },
    /does not find `const`/,
  ],
  [
    'a line that was taken away',
    { filters: changed('let b'), event: { before }, text: after },
    /does not find/,
  ],
  [
    'what reaches from one change into another',
    { filters: changed('x\\\\s+y'), event: { before: 'a\nb\nc\n' }, text: 'x\nb\ny\n' },
    /does not find/,
  ],
  [
    'a changed line, negated',
    { filters: changed('let c', negated), event: { before }, text: after },
    /negated filter `changed_content` finds/,
  ],
  [
    'changes of which nobody knows',
    { filters: changed('let'), text: after },
    /which lines changed is not known/,
  ],
  [
    'changes of which nobody knows, negated',
    { filters: changed('let', negated), text: after },
    /which lines changed is not known/,
  ],
  [
    'a change that the editor knows better than git',
    { filters: changed('let c'), event: { before: after }, text: after, committed: before },
    /does not find/,
  ],
  [
    'changes of a deleted file',
    { filters: changed('let'), event: { name: 'delete', before }, text: after },
    /which lines changed is not known/,
  ],
  [
    'a pattern that takes too long',
    { filters: changed('(?=l)(l+)+c'), event: { before }, text: after, patterns: latePatterns },
    /could not be searched for in time/,
  ],
  ['staged, when it is not', { filters: git('staged'), git: tracked }, /`git` does not find `staged`/],
  ['modified, when it is not', { filters: git('modified'), git: tracked, text: 'a\n' }, /does not find/],
  [
    'modified, when git does not know it',
    { filters: git('modified'), git: { ...tracked, indexed: undefined }, text: 'a' },
    /does not find/,
  ],
  ['another branch', { filters: git('^main$'), git: tracked }, /does not find `\^main\$`/],
  [
    'a branch where none is checked out',
    { filters: git('main'), git: { ...tracked, branch: undefined } },
    /no branch is checked out/,
  ],
  ['git without a repository', { filters: git('staged') }, /no repository/],
  ['git without a repository, negated', { filters: git('staged', negated) }, /no repository/],
  ['tests that are green', { filters: tests('red'), tests: 'green' }, /`tests` does not find `red`/],
  ['tests that were not run', { filters: tests('green'), tests: 'notRun' }, /have not been run/],
  ['tests of which nobody knows', { filters: tests('none') }, /not known/],
  ['no message', { filters: '{type: message, pattern: tests}' }, /nobody wrote a message/],
  [
    'another event',
    { filters: '{type: event, pattern: file_open}', event: { names: ['create', 'save'] } },
    /does not find/,
  ],
  [
    'one of the events, negated',
    { filters: `{type: event, pattern: create${negated}}`, event: { names: ['create', 'save'] } },
    /negated filter `event` finds/,
  ],
  [
    'another language than the editor says',
    { filters: '{type: language, pattern: typescript}', event: { language: 'mdx' } },
    /does not find/,
  ],
  [
    'the text of a deleted file',
    { filters: '{type: line_count, pattern: "> 0"}', event: { name: 'delete' }, text: 'a' },
    /no text/,
  ],
];

describe('decideFilters refuses', () => {
  for (const [title, given, reason] of refusing) {
    it(title, async () => assert.match((await decide(given)) ?? 'it holds', reason));
  }
});

describe('decideFilters asks', () => {
  const dear = `${changed('x')}, ${git('modified')}, ${tests('red')}, {type: content, pattern: x}`;

  it('nothing dear when a cheap filter decides, wherever it is written', async () => {
    const given: Given = { filters: `${dear}, {type: file_name, pattern: py}`, text: 'x', tests: 'red' };
    const { asked, files, sources } = sourcesOf(given);
    assert.match((await decide(given, sources)) ?? '', /`file_name` does not find/);
    assert.deepEqual([asked, files.reads], [[], []]);
  });

  it('everything once for one event', async () => {
    const filters = [dear, dear.replaceAll('x', 'y'), git('staged', negated), changed('z', negated)].join(
      ', ',
    );
    const given: Given = { filters, text: 'x\ny\n', committed: 'a\n', git: tracked, tests: 'red' };
    const { asked, files, sources } = sourcesOf(given);
    assert.equal(await decide(given, sources), undefined);
    assert.deepEqual(asked, ['tests', 'state', 'committed src/a.ts']);
    assert.deepEqual(files.reads, ['src/a.ts']);
  });
});
