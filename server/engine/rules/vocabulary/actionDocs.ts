import type { WordDocs } from './wordDoc.ts';

/** What an action does, by canonical type. The snippet is what usually follows the type. */
export const actionDocs: WordDocs = {
  suggest: {
    summary: 'Its message goes into prompts; with `conditions` an information stands at each match.',
    snippet: '\nmessage: $1',
  },
  validate: {
    summary: 'A warning at each match.',
    snippet: '\nconditions:\n  - pattern: $1\n    message: $2',
  },
  reject: {
    summary:
      'An error at each match. An edit of a model that would add one is refused, and `check` ends with 1.',
    snippet: '\nconditions:\n  - pattern: $1\n    message: $2',
  },
  run: {
    summary:
      'A command that you approve together with the rule. It goes through no shell unless `shell` says so.',
    snippet: '\ncommand: $1',
  },
  task: {
    summary:
      'A task of the editor, an npm script, a make target, a just recipe or a `pyproject` script by its name.',
    snippet: '\ntask: $1',
  },
  test: { summary: 'Runs the tests that concern the file, or all.' },
  generate: {
    summary: 'A model writes or changes files: the `target`, or the file itself.',
    snippet: '\ntarget: $1\nmessage: $2',
  },
  generate_tests: {
    summary: 'A model writes tests for the file; they are proven before they are kept.',
    snippet: '\nmessage: $1',
  },
  fix: {
    summary: 'A model mends failing tests or problems, until they are green or the budget is spent.',
    snippet: '\nmessage: $1',
  },
  refactor: {
    summary: 'A model changes the file and has to leave its tests as green as before.',
    snippet: '\nmessage: $1',
  },
  document: {
    summary: 'A model documents the file and has to leave its tests as green as before.',
    snippet: '\nmessage: $1',
  },
  review: {
    summary: 'A model reviews the file; what it finds stands in Problems, with suggested edits.',
    snippet: '\nmessage: $1',
  },
  plan: { summary: 'Starts the project workflow with a plan.', snippet: '\nmessage: $1' },
  workflow: { summary: 'Starts the project workflow.', snippet: '\nmessage: $1' },
};
