import type { WordDocs } from './wordDoc.ts';

const truth = { true: 'yes', false: 'no' };
const durations = { '200ms': 'milliseconds', '2s': 'seconds', '10m': 'minutes' };
const approvals = {
  auto: 'Edits land as soon as they are proven.',
  ask: 'You are asked before edits land.',
  preview: 'Edits are shown as a proposal that you accept or reject.',
};

/** Severities as authors should write them; other spellings are read too. */
const severityValues = {
  error: 'an error in Problems; `check` ends with 1',
  warning: 'a warning in Problems',
  information: 'an information in Problems',
  hint: 'a hint in the editor',
};

/** Keys of frontmatter. */
export const keyDocs: WordDocs = {
  description: {
    summary: 'One line: what the rule is for. A model decides by it whether it needs the rule.',
  },
  globs: {
    summary:
      'Files that the rule is about: `a, b`, a quoted text, or a list. `!x` excludes, `{a,b}` and `[ab]` are kept whole. Relative to the folder that holds `.cursor`; `*.ts` means the top folder only.',
    snippet: ' ${1:**/*.ts}',
  },
  alwaysApply: {
    summary: 'The text of the rule goes into every prompt.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  name: { summary: 'Label to refer to the rule by. Default: the name of the file.' },
  version: {
    summary: 'The version of the rule itself: digits with dots, such as `1.0`.',
    snippet: ' ${1:1.0}',
  },
  enabled: {
    summary: '`false` switches the rule off. Default: true.',
    snippet: ' ${1|false,true|}',
    values: truth,
  },
  extends: {
    summary:
      'Rules to inherit from: a relative path, a name, or `builtin:NAME`. What is written here wins over what is inherited.',
    snippet: ' ${1:./base.mdc}',
  },
  abstract: {
    summary: 'The rule is there to be extended and never fires.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  on: {
    summary:
      'Events that fire the rule. Without it deterministic actions check live, and nothing else fires.',
    snippet: ' ${1:save}',
  },
  origin: {
    summary:
      'Whose writes fire the rule. Actions with a model and commands fire on `user` only, unless this widens it.',
    values: {
      user: 'You saved or changed the file by hand.',
      auto: 'The editor saved by itself.',
      disk: 'Another program wrote the file.',
      self: 'Our own runs wrote it.',
    },
  },
  debounce: {
    summary: 'How long a file has to be quiet before the rule fires. Default: 200ms.',
    snippet: ' ${1:200ms}',
    values: durations,
    isOpen: true,
  },
  skip: {
    summary: '`trivial` ignores saves that change only comments or white space.',
    snippet: ' trivial',
    values: { trivial: 'only comments or white space changed' },
  },
  filters: {
    summary:
      'Further conditions on the event and the file. Entries of one type are alternatives; different types must all hold.',
    snippet: '\n  - type: $1\n    pattern: $2',
  },
  actions: {
    summary: 'What happens when the rule fires, in the order written.',
    snippet: '\n  - type: $1\n    message: $2',
  },
  priority: {
    summary: 'Order among rules that fire together, higher first. Default: 0.',
    snippet: ' ${1:0}',
  },
  model: {
    summary:
      'Which model is asked: a role or `provider/model`. A role may name only providers that you have set up.',
    values: {
      planner: 'a role: plans a change',
      implementer: 'a role: writes code',
      tester: 'a role: writes tests',
      fixer: 'a role: mends failing tests and problems',
      reviewer: 'a role: reviews, and judges answers',
      documenter: 'a role: writes documentation',
      summarizer: 'a role: makes long texts short',
      'web-tester': 'a role: tries web pages',
    },
    isOpen: true,
  },
  budget: {
    summary: 'Limits of one firing. A rule can only lower yours.',
    snippet: ' { usd: ${1:0.10}, attempts: ${2:3} }',
  },
  approval: {
    summary: 'How edits land. The strictest of yours and the rule’s counts.',
    snippet: ' ${1|preview,ask,auto|}',
    values: approvals,
  },
  metadata: { summary: 'Anything: it is kept, inherited and shown.', snippet: '\n  ${1:author}: $2' },
};

/** Keys that stand in `<rule>` blocks alone; the others mean the same there as in frontmatter. */
export const blockOnlyKeyDocs: WordDocs = {
  examples: { summary: 'Examples for people; kept and not acted on.' },
  tests: { summary: 'Tests of the rule for people; kept and not acted on.' },
  tags: { summary: 'Words to find the rule by; kept and not acted on.' },
  references: { summary: 'Where one can read more; kept and not acted on.' },
};

/** Keys that mean something in a `<rule>` block. */
export const blockKeys: readonly string[] = [
  'name',
  'description',
  'version',
  'filters',
  'actions',
  'metadata',
  ...Object.keys(blockOnlyKeyDocs),
];

/** Keys of an entry of `filters`. */
export const filterKeyDocs: WordDocs = {
  type: { summary: 'What the filter looks at.', snippet: ' $1' },
  pattern: { summary: 'What has to be found: a regular expression for most types.' },
  options: { summary: 'How the pattern is meant.', snippet: ' { negate: ${1|true,false|} }' },
  id: { summary: 'A name by which a rule that inherits can replace or remove the filter.' },
  remove: {
    summary: 'With `id`: takes the inherited filter away.',
    snippet: ' true',
    values: { true: 'take it away' },
  },
};

/** Keys of `options` of a filter. */
export const optionKeyDocs: WordDocs = {
  negate: {
    summary: 'The filter holds where it would not, and must hold by itself.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  flags: {
    summary: 'Flags of the pattern.',
    snippet: ' ${1:i}',
    values: {
      i: 'upper and lower case are the same',
      m: '`^` and `$` mean lines; always set on text',
      s: '`.` matches line breaks',
    },
    isOpen: true,
  },
};

/** Keys of `budget`. */
export const budgetKeyDocs: WordDocs = {
  usd: { summary: 'US dollars.', snippet: ' ${1:0.10}' },
  tokens: { summary: 'Tokens in and out.', snippet: ' ${1:20000}' },
  seconds: { summary: 'Seconds from start to end.', snippet: ' ${1:120}' },
  attempts: {
    summary:
      'Answers asked for an edit, a whole number: the first try, and one after each refusal or red run. Default: 5.',
    snippet: ' ${1:3}',
  },
};

/** Keys of an entry of `actions`. */
export const actionKeyDocs: WordDocs = {
  id: {
    summary: 'A name for `needs` and `fallback`, and by which a rule that inherits can replace the action.',
  },
  type: { summary: 'What is done.', snippet: ' $1' },
  message: { summary: 'The instruction to the model, or what is said at a match.' },
  target: {
    summary:
      'Where the model writes, such as `test/{stem}.test.js`. Default: beside the nearest tests, or the file itself.',
    snippet: ' ${1:{dir\\}/{stem\\}.test.{ext\\}}',
  },
  conditions: {
    summary:
      'What is looked for in the file. With a `message` a condition stands alone; the others are joined by *and*.',
    snippet: '\n  - pattern: $1\n    message: $2',
  },
  severity: { summary: 'How a match is shown.', snippet: ' $1', values: severityValues },
  model: { summary: 'Which model this action asks: a role or `provider/model`.' },
  approval: {
    summary: 'How the edits of this action land. The strictest counts.',
    snippet: ' ${1|preview,ask,auto|}',
    values: approvals,
  },
  context: { summary: 'Globs, @files or rules that the model shall see too.', snippet: ' [$1]' },
  timeout: {
    summary: 'How long the action may take. Default: 10m.',
    snippet: ' ${1:10m}',
    values: durations,
    isOpen: true,
  },
  needs: { summary: 'Ids of actions that have to have ended before, as `when` says.', snippet: ' [$1]' },
  when: {
    summary: 'How the actions in `needs`, or the one before, must have ended. Default: success.',
    snippet: ' ${1|success,failure,always|}',
    values: { success: 'they succeeded', failure: 'one of them failed', always: 'in any case' },
  },
  retry: {
    summary: 'How often the same action is tried again after a failure, 0 to 5. Default: 0.',
    snippet: ' ${1:1}',
  },
  fallback: { summary: 'The id of the action that runs when this one failed for good.' },
  problem_matcher: {
    summary:
      'What reads problems in the output of `run` and `task`: a name such as `$tsc`, or a map with `pattern` as in `tasks.json`.',
    snippet: ' ${1|$tsc,$eslint-stylish,$eslint-compact,$gcc,$go,$rustc,$msCompile,$pytest,$mypy,$ruff|}',
  },
  problemMatcher: { summary: 'Another name of `problem_matcher`.' },
  command: {
    summary: 'The program and its arguments, for `run`. Never through a shell unless `shell` says so.',
  },
  shell: {
    summary: 'The command goes through a shell. Default: false.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  task: { summary: 'The name of a task, an npm script, a make target or a just recipe, for `task`.' },
  idempotent: {
    summary: 'The command may be repeated after a crash. Default: false.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  sandbox: {
    summary: 'The command runs confined. Default: false, until an action of the run has edited.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  answer_form: {
    summary:
      'How a model is asked to write its edits of one file that exists. Default: as `codegenLab.ai.answerForm` says.',
    snippet: ' ${1|auto,whole,blocks,diff,chunks|}',
    values: {
      auto: 'as the sizes of model and file call for',
      whole: 'the whole file',
      blocks: 'search/replace blocks',
      diff: 'a unified diff',
      chunks: 'the numbered chunks that change',
    },
  },
  may_change_tests: {
    summary: '`fix` may delete, skip or weaken tests. Default: false.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  red_first: {
    summary:
      '`generate_tests`: new tests have to fail on the code as it is. `fix`: a test has to be red before. Default: false.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  min_coverage: {
    summary: 'Coverage of the file below this, in percent of its lines, is a warning.',
    snippet: ' ${1:80}',
  },
  ratchet: {
    summary: 'Coverage below the best so far is a failure. Default: false.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  show_missing: {
    summary: 'Lines without coverage are listed. Default: false.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  skip_covered: {
    summary: 'Files with full coverage are not listed. Default: false.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  fail_under: {
    summary: 'Coverage of all files together below this, in percent, is a failure.',
    snippet: ' ${1:80}',
  },
  description: { summary: 'A note for people.' },
  remove: {
    summary: 'With `id`: takes the inherited action away.',
    snippet: ' true',
    values: { true: 'take it away' },
  },
};

/** Keys of an entry of `conditions`. */
export const conditionKeyDocs: WordDocs = {
  pattern: { summary: 'A regular expression; a match is the finding, unless `must: present` is set.' },
  negative_pattern: {
    summary: 'A regular expression that must not match in the lines of the match; alone, not in the file.',
  },
  pattern_negate: { summary: 'Another name of `negative_pattern`.' },
  message: { summary: 'What is said at the finding. With it the condition stands alone.' },
  target: {
    summary: 'What the pattern is looked for in. Default: content.',
    snippet: ' ${1|content,path,changed|}',
    values: {
      content: 'the text of the file',
      path: 'the path',
      changed: 'the lines that this save changed',
    },
  },
  must: {
    summary: 'What has to be so. Default: absent.',
    snippet: ' ${1|absent,present|}',
    values: {
      absent: 'a match is the finding',
      present: 'no match is one finding at the first line',
    },
  },
  negated: {
    summary: 'In joined conditions: holds where it would not.',
    snippet: ' ${1|true,false|}',
    values: truth,
  },
  severity: { summary: 'How this finding is shown.', snippet: ' $1', values: severityValues },
  fix: {
    summary: 'Replaces the match, with `$1`, `$<n>` and `$&`: a quick fix, and `check --fix` applies it.',
  },
  file_pattern: {
    summary: 'Regular expressions; the condition counts only for paths in which each is found.',
  },
  location: { summary: 'Another name of `file_pattern`.' },
  learn_more_url: { summary: 'A page that says more.' },
  id: { summary: 'A name for the condition.' },
  description: { summary: 'A note for people.' },
};
