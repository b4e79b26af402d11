import type { HelpTopic } from './invocation.ts';

const shared = `  --root DIR              the workspace folder (default: the nearest folder upwards
                          that holds .git, .cursor or .codegen-lab, else this one)
  --json                  one JSON document on standard output
  -h, --help              this text`;

/** What `--help` prints, and what docs/command-line.md says at length. */
export const helpTexts: Readonly<Record<HelpTopic, string>> = {
  program: `Rules that write code and prove it.

Usage: codegen-lab COMMAND [OPTIONS]

Commands:
  run     run one rule on one file: ask the model, prove the edit, show it as a diff
  check   check files by the deterministic rules, and the rule files themselves
  test    run the tests that concern files
  ctl     rules, models and logs; clctl is the same

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
  --apply                 land the edit in your files once it is proven
  --model PROVIDER/MODEL  whom to ask, such as ollama/qwen2.5-coder:7b
  --base-url URL          where the provider is reached
  --replay DIR            answer from recordings in DIR; nobody is asked
  --record DIR            ask, and keep the answers in DIR
  --budget-usd N          what this run may cost at most
${shared}
`,
  check: `Checks files by the deterministic rules, and the rule files themselves.
Asks no model and runs nothing.

Usage: codegen-lab check [FILES...] [OPTIONS]

Without FILES the whole workspace folder is checked.

Options:
  --max-warnings N        more warnings than that are a failure (default: no limit)
${shared}
`,
  test: `Runs tests: those of FILES, or those that concern FILES, or all.

Usage: codegen-lab test [FILES...] [OPTIONS]

Options:
  --trust                 you trust this folder: its tests may run
  --coverage              show what the tests covered
${shared}
`,
  ctl: `Looks at rules, models and logs.

Usage: clctl COMMAND [OPTIONS]       (or: codegen-lab ctl COMMAND [OPTIONS])

Commands:
  rules           all rules of the workspace folder, and why one is not active
  rule show NAME  one rule
  models          providers, the chosen model, and whether a key is there
  log [RUN]       runs of the workspace folder, or the timeline of one

Options:
  -V, --version           the version
  -h, --help              this text; also after a command
`,
  'ctl rules': `Lists the rules of the workspace folder: name, kind, path, active or why not.

Usage: clctl rules [OPTIONS]

Options:
${shared}
`,
  'ctl rule': `Shows one rule: what makes it fire, what it does, what is wrong with it.

Usage: clctl rule show NAME [OPTIONS]

Options:
${shared}
`,
  'ctl models': `Lists the known providers, the chosen model, and whether a key is there.
A key itself is never shown.

Usage: clctl models [OPTIONS]

Options:
${shared}
`,
  'ctl log': `Lists the runs of the workspace folder, newest first, or shows one of them.
The beginning of a run's id is enough.

Usage: clctl log [RUN] [OPTIONS]

Options:
${shared}
`,
};

/** The command whose help a usage error points to, as it is typed. */
export function helpCommand(topic: HelpTopic): string {
  return topic === 'program' ? 'codegen-lab --help' : `codegen-lab ${topic} --help`;
}
