import type { WordDocs } from './wordDoc.ts';

/** What a filter tests, by canonical type. The snippet is a pattern to begin with. */
export const filterDocs: WordDocs = {
  file_extension: {
    summary: 'A regular expression on the name of the file, or on its path where the pattern holds a `/`.',
    snippet: '\\\\.${1:ts}\\$',
  },
  file_name: {
    summary: 'A regular expression on the name of the file, or on its path where the pattern holds a `/`.',
    snippet: '^${1:index}\\\\.',
  },
  file_path: {
    summary:
      'A regular expression on `/` and the relative path; from the start with `^` on the relative path.',
    snippet: '${1:/src/}',
  },
  directory: {
    summary: 'A regular expression on the path, as `file_path`.',
    snippet: '${1:/src/}',
  },
  glob: { summary: 'A glob on the path.', snippet: '${1:src/**}' },
  language: { summary: 'The language of the file, as the editor calls it.', snippet: '${1:typescript}' },
  content: { summary: 'A regular expression on the text of the file.', snippet: '${1:^export}' },
  changed_content: {
    summary: 'A regular expression on the lines that this save changed.',
    snippet: '${1:TODO}',
  },
  file_size: {
    summary: 'A comparison with the size in bytes; `kb` and `mb` may follow.',
    snippet: '"> ${1:100kb}"',
  },
  line_count: { summary: 'A comparison with the number of lines.', snippet: '"> ${1:500}"' },
  event: { summary: 'Events by their names, with `|` between them.', snippet: '${1:save}' },
  message: {
    summary: 'A regular expression on your own message, when you run the rule by hand.',
    snippet: '$1',
  },
  tests: {
    summary: 'How the tests that belong to the file ended.',
    snippet: '${1|red,green,none|}',
    values: { red: 'one of them fails', green: 'all pass', none: 'there are none' },
  },
  exists: {
    summary: 'A file is there: a path in which variables are replaced.',
    snippet: '${1:tests/test_{stem\\}.py}',
  },
  missing: {
    summary: 'A file is not there: a path in which variables are replaced.',
    snippet: '${1:tests/test_{stem\\}.py}',
  },
  git: {
    summary: 'What git says of the file, or a pattern of a branch.',
    snippet: '${1|staged,untracked,modified|}',
    values: {
      staged: 'it is in the index with a change',
      untracked: 'git does not know it',
      modified: 'it differs from the index',
    },
    isOpen: true,
  },
};
