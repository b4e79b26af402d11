import type { WordDocs } from './wordDoc.ts';

/** What is replaced in actions of frontmatter, and in the patterns of `exists` and `missing`. */
export const variableDocs: WordDocs = {
  file: { summary: 'The path of the file, such as `src/a/x.test.ts`.' },
  dir: { summary: 'The folder of the file, such as `src/a`; `.` at the top.' },
  stem: { summary: 'The name up to its last dot, such as `x.test`.' },
  ext: { summary: 'What follows the last dot, such as `ts`.' },
  language: { summary: 'The language of the file, as the editor calls it.' },
  selection: { summary: 'What is selected in the editor.' },
  diff: { summary: 'What changed since the last commit.' },
  problems: { summary: 'The diagnostics of the file.' },
  testOutput: { summary: 'What the last test run printed.' },
  oldFile: { summary: 'On `rename`: the path before.' },
  oldDir: { summary: 'On `rename`: the folder before.' },
  oldStem: { summary: 'On `rename`: the name before, up to its last dot.' },
};
