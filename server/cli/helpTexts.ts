import { dialects } from '../engine/rules/dialects/dialectList.ts';
import { ruleTemplates } from '../engine/rules/templates/ruleTemplates.ts';
import type { HelpTopic } from './invocation.ts';

const templates = ruleTemplates.map(({ id }) => id).join(', ');
const tools = foldLine(dialects.map(({ id }) => id));

const shared = `  --root DIR              the workspace folder (default: the nearest folder upwards
                          that holds .git, .cursor or .codegen-lab, else this one)
  --json                  one JSON document on standard output
  --log-level LEVEL       trace, debug, info, warning (default), error or off
  -h, --help              this text`;

/** What `--help` prints, and what docs/command-line.md says at length. */
export const helpTexts: Readonly<Record<HelpTopic, string>> = {
  program: `Rules that write code and prove it.

Usage: codegen-lab COMMAND [OPTIONS]

Commands:
  run     run one rule on one file: ask the model, prove the edit, show it as a diff
  check   check files by the deterministic rules, and the rule files themselves
  test    run the tests that concern files
  mutate  which small wrong changes of a file its tests do not notice
  watch   check files as any program changes them, until stopped
  explain why a rule fires on a file, or why not
  undo    take back what a run changed
  hooks   check what is staged before each commit, or stop that
  approvals  which rules may act without --trust
  doctor  look at the whole installation for this folder
  report  a bundle for a report of an issue; nothing is sent
  sandbox doctor  try what the sandbox of this machine keeps out
  ctl     rules, their files, models and logs; clctl is the same

Options:
  -V, --version           the version
  -h, --help              this text; also after a command

Exit codes: 0 good, 1 findings or red tests, 2 wrong usage or a fault of ours,
3 refused (trust, approval, budget, gate, sandbox), 130 stopped.
`,
  run: `Runs one rule on one file. Prints the proven edit as a diff and writes nothing.

Usage: codegen-lab run --rule NAME FILE [OPTIONS]

Options:
  --rule NAME             name or id of the rule (clctl rules lists them)
  --trust                 you have read the rule and the folder: the rule may ask a
                          model and run tests
  --approvals FILE        the rules that FILE approves may act, with the text that stands
                          there; see codegen-lab approvals
  --apply                 land the edit in your files once it is proven
  --ask                   ask on the terminal before it lands: yes, no, or the diff
  --accept FILE[:HUNK],...  land these files, or these hunks of them, and ask nobody
  --model PROVIDER/MODEL  whom to ask, such as ollama/qwen2.5-coder:7b
  --base-url URL          where the provider is reached
  --replay DIR            answer from recordings in DIR; nobody is asked
  --record DIR            ask, and keep the answers in DIR
  --budget-usd N          what this run may cost at most
  --format FORMAT         human (default), or what was found: json, sarif, github, junit
${shared}
`,
  check: `Checks files by the deterministic rules, and the rule files themselves.
Asks no model and runs nothing.

Usage: codegen-lab check [FILES...] [OPTIONS]

Without FILES the whole workspace folder is checked.

Options:
  --staged                only what is staged, as it is staged; rules that fire on
                          commit check too
  --diff REF              only files that changed since this branch left REF
  --fix                   apply the fixes that rules give, all files or none, then
                          tell what is left
  --format FORMAT         human (default), json, sarif, github or junit
  --max-warnings N        more warnings than that are a failure (default: no limit)
  --no-cache              look at every file, also at those that did not change
${shared}
`,
  test: `Runs tests: those of FILES, or those that concern FILES, or all.

Usage: codegen-lab test [FILES...] [OPTIONS]

Options:
  --trust                 you trust this folder: its tests may run
  --affected              only tests that what is not committed yet can affect, or
                          what FILES can, each with the reason
  --since REF             with --affected: what changed since this branch left REF
  --then-rest             with --affected: the other tests afterwards, if it is green
  --coverage              show what the tests covered
  --coverage-from FILE,...  count these reports too: lcov, Cobertura, coverage.py,
                          Istanbul or Go
  --min-coverage N        warn of each file that is covered to less than N percent
  --fail-under N          fail if all files together are covered to less
  --ratchet               fail if coverage falls below the best so far
  --save-best             write .codegen-lab/coverage.json, the best so far of a team
  --format FORMAT,...     human (default), json, junit or sarif; FORMAT=FILE writes
                          it to a file
  --runner NAME           this runner, whatever the package speaks for
  --seed N                in a random order that N decides, where the runner can
  --retries N             run red tests up to N times again on the same text; one
                          that passes then is flaky, which is no failure
${shared}
`,
  mutate: `Changes the code of FILE in small wrong ways, each in a copy in the sandbox, runs the
tests that run the changed line, and shows the changes that no test notices.

Usage: codegen-lab mutate FILE [OPTIONS]

Python, JavaScript, TypeScript and Go. Nothing in your files changes. Ends with 1 if
a change was not noticed.

Options:
  --trust                 you trust this folder: its tests may run
  --lines A-B             only changes in these lines of FILE, or in one line: A
  --tests FILE,...        ask these test files (default: those that concern FILE)
  --max N                 try at most N changes (default: 100, and 20 of one function)
  --seed N                draw other changes where not all are tried (default: 1)
  --format FORMAT         human (default), json, or what was not noticed as sarif,
                          github or junit
${shared}
`,
  watch: `Checks files as any program changes them, for any editor or none, and says what is
found and what is fixed. With --trust or --approvals the rules that widen their
origin to disk fire too; what they propose is shown and not written. Ends with
130 by Ctrl+C and with 0 by SIGTERM.

Usage: codegen-lab watch [OPTIONS]

Options:
  --rule NAME,...         only these rules
  --format FORMAT         human (default) or json: one document per line
  --trust                 you trust this folder: rules may act
  --approvals FILE        the rules that FILE approves may act
${shared}
`,
  explain: `Says of every rule what it would do on an event of a file, the first thing that
decides it, where that stands, and what would change it. Nothing fires.

Usage: codegen-lab explain FILE [--on EVENT] [OPTIONS]
       codegen-lab explain --run ID [OPTIONS]

Options:
  --on EVENT              save (default), create, delete, rename, open, change,
                          commit, test-fail, test-pass, problems, model-write,
                          accepted or manual
  --origin ORIGIN         who caused it: user (default), auto, disk or self
  --run ID                why this run happened, from its journal; the beginning
                          of its id is enough
  --trust, --approvals FILE   as if you had typed it for the run
${shared}
`,
  doctor: `Looks at the whole installation for this folder: versions, disk, trust, rules, sandbox,
test runners, models and keys, journals. Runs no test and asks no model. Ends with 1
if something is bad.

Usage: codegen-lab doctor [OPTIONS]

Options:
${shared}
`,
  report: `Writes a bundle for a report of an issue as Markdown: what doctor finds, settings that
are not as by default, how the last runs ended. No prompts, texts or contents of files;
secrets are masked. Nothing is sent: read it first.

Usage: codegen-lab report [--out FILE] [OPTIONS]

Options:
  --out FILE              write it there (default: standard output)
${shared}
`,
  sandbox: `Tries what the sandbox of this machine keeps from what a model wrote: network, files
outside of the copy, your environment, what git runs, the kernel, more time than
it may take. Nothing outside of a temporary folder changes.

Usage: codegen-lab sandbox doctor [OPTIONS]

Ends with 0 if all of it holds, else with 1 and what to do.

Options:
${shared}
`,
  undo: `Takes back what a run changed in your files, at any later time: each file that
nobody changed since becomes what it was, and the others are named and left.
The undoing is a run too, so it can be undone the same way.

Usage: codegen-lab undo RUN [OPTIONS]

RUN is the beginning of the run's id; clctl log lists them. Ends with 1 if files
were left, and with 3 if nothing was undone.

Options:
${shared}
`,
  hooks: `Has git check what is staged before each commit.

Usage: codegen-lab hooks install|remove|status [OPTIONS]

install adds “codegen-lab check --staged” to the pre-commit hook; what the hook did
before stays. With husky it is .husky/pre-commit; for lefthook and pre-commit the
lines are shown that belong into their file. remove takes it out again. status ends
with 0 if commits are checked, else with 1.

Options:
${shared}
`,
  approvals: `Says which rules may ask a model or run commands here without --trust, each with
exactly the text that you approved.

Usage: codegen-lab approvals list [--approvals FILE] [OPTIONS]
       codegen-lab approvals add RULES...|--all [--approvals FILE] [OPTIONS]
       codegen-lab approvals remove RULES...|--all [--approvals FILE] [OPTIONS]
       codegen-lab approvals export FILE [OPTIONS]
       codegen-lab approvals verify FILE [OPTIONS]

Without FILE it is about what you approved on this machine. FILE is Markdown that
holds the texts, to be read in a pull request. export writes what you approved.
verify ends with 3 and shows what changed if a rule is not as it was approved.

Options:
  --all                   add, remove: all rules that act
  --approvals FILE        list, add, remove: what FILE says
${shared}
`,
  ctl: `Writes, checks and shows rules; shows models and logs.

Usage: clctl COMMAND [OPTIONS]       (or: codegen-lab ctl COMMAND [OPTIONS])

Commands:
  validate-rules [PATHS]  what is wrong with rule files, and fixes for it
  rule VERB               create, show, list, rename or test rules
  rules                   the same as rule list
  migrate [PATHS]         rule files in the canonical form
  import --from TOOL      rule files of another tool as rules
  export --to TOOL        rules as rule files of another tool
  cassette list           recorded answers: who gave them, when, to what
  cassette verify         whether they can be replayed, and hold no secret
  cassette redact         masks secrets in them
  models                  providers, the chosen model, and whether a key is there
  usage                   what calls of models took and cost
  log [RUN]               runs of the workspace folder, or the timeline of one

Options:
  -V, --version           the version
  -h, --help              this text; also after a command
`,
  'ctl rules': `Lists the rules of the workspace folder: name, kind, path, active or why not.

Usage: clctl rules [--for FILE] [OPTIONS]

Options:
  --for FILE              only rules that are about this file
${shared}
`,
  'ctl rule': `Creates, shows, lists, renames and tests rules. NAME is a rule's name or id.

Usage: clctl rule create NAME [OPTIONS]
       clctl rule show NAME [--effective] [OPTIONS]
       clctl rule list [--for FILE] [OPTIONS]
       clctl rule rename OLD NEW [--write] [OPTIONS]
       clctl rule test [NAME] [OPTIONS]

create writes .cursor/rules/NAME.mdc, never over a file that is there.
rename shows the difference, references included.
test tries rules on the cases in NAME.tests.yaml beside them.

Options:
  --template TEMPLATE     create: ${templates}
                          (default: files)
  --description TEXT      create: what the rule is for
  --globs GLOBS           create: the files that it is about, with commas
  --effective             show: with all that it inherits, and where that stands
  --for FILE              list: only rules that are about this file
  --write                 rename: write the difference
${shared}
`,
  'ctl validate-rules': `Checks rule files: their own text, and what they say of other rules and files.

Usage: clctl validate-rules [PATHS...] [OPTIONS]

Without PATHS all rule files of the workspace folder are checked; a folder stands
for the rule files in it.

Options:
  --fix                   apply the fixes that are certain, then tell what is left
  --format FORMAT         human (default), json, sarif, github or junit
  --max-warnings N        more warnings than that are a failure (default: no limit)
${shared}
`,
  'ctl migrate': `Brings rule files to the canonical form: frontmatter that every YAML reader reads
as we do, canonical words, closed blocks, .mdc in place of .mdc.md, a rule file in
place of .cursorrules. What the rules say stays the same. Shows the difference.

Usage: clctl migrate [PATHS...] [OPTIONS]

Options:
  --write                 write the difference
${shared}
`,
  'ctl import': `Makes rule files of the rule files of another tool. Shows the difference, and
names what is lost.

Usage: clctl import --from TOOL [PATHS...] [OPTIONS]

Options:
  --from TOOL             ${tools}
  --write                 write the files
  --replace               write over files that are there
${shared}
`,
  'ctl export': `Makes rule files of another tool of rules, with all that they inherit. Shows the
difference, and names what is lost.

Usage: clctl export --to TOOL [RULES...] [OPTIONS]

Without RULES all live rules are exported.

Options:
  --to TOOL               ${tools}
  --out DIR               the folder that the files go to (default: the workspace
                          folder)
  --write                 write the files
  --replace               write over files that are there
${shared}
`,
  'ctl models': `Lists the known providers, the chosen model, and whether a key is there;
or shows who would be asked for which role, where each value comes from, and
tries every candidate with a tiny call. A key itself is never shown.

Usage: clctl models [list] [OPTIONS]
       clctl models check [OPTIONS]

Options:
  --no-ask                check: ask nobody
${shared}
`,
  'ctl cassette': `Lists the recorded answers of a folder, verifies that each can be replayed and
holds no secret, or masks secrets in them. FOLDER is the one of the settings if
it is not named, else .codegen-lab/cassettes of the workspace folder.

Usage: clctl cassette list [FOLDER] [OPTIONS]
       clctl cassette verify [FOLDER] [OPTIONS]
       clctl cassette redact [FOLDER] [OPTIONS]

Options:
  --write                 redact: change the files, instead of naming them
${shared}
`,
  'ctl audit': `Tells who asked for what right in the workspace folder, and what was decided:
commands, tests, models, writes, landings, approvals. The log lies in your own
storage; each line is chained to the one before by a key of this installation.

Usage: clctl audit verify [OPTIONS]
       clctl audit show [--run ID] [--who WHO] [--since WHEN] [OPTIONS]
       clctl audit export [--format json|csv] [--run ID] [--who WHO] [--since WHEN]

verify ends with 1 where the log is not what was written, and names the entries.
export prints one entry in a line.

Options:
  --run ID                only this run; the beginning of its id is enough
  --who WHO               person, rule or model; an account; a rule's name or id;
                          or a model that was asked, as PROVIDER/MODEL
  --since WHEN            a date such as 2026-11-21, or how long ago: 30m, 2h, 7d
  --format FORMAT         export: json (default) or csv
${shared}
`,
  'ctl usage': `Shows what calls of models took and cost in the workspace folder, from the
journals of its runs; or how long answers take, beside the targets of the
settings.

Usage: clctl usage [OPTIONS]

Options:
  --by WHAT               rule, role, model or day; default: model
  --latency               times of first token and whole answer, by role and
                          provider
${shared}
`,
  'ctl log': `Lists the runs of the workspace folder, newest first, or shows one of them.
The beginning of a run's id is enough.

Usage: clctl log [RUN] [OPTIONS]

Options:
${shared}
`,
};

/** Words with commas, on two lines that stand under one another. */
function foldLine(words: readonly string[]): string {
  const half = Math.ceil(words.length / 2);
  return `${words.slice(0, half).join(', ')},\n${' '.repeat(26)}${words.slice(half).join(', ')}`;
}
