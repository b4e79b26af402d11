import type { Origin } from '../engine/rules/rule.ts';
import { eventNames, resolveEvent } from '../engine/rules/vocabulary/events.ts';
import { readAcceptedParts } from './acceptedParts.ts';
import { interpretApprovals, readRights } from './approvalWords.ts';
import { commonOptions, type Command } from './command.ts';
import { ctlCommands } from './ctlCommands.ts';
import {
  usageError,
  type HelpTopic,
  type Invocation,
  type RunInvocation,
  type UsageError,
} from './invocation.ts';
import { mutateCommand } from './mutateWords.ts';
import { readFormat } from './readFormat.ts';
import { testCommand } from './testWords.ts';
import { Words, WrongWords } from './words.ts';

const commands: Readonly<Record<string, Command>> = {
  run: {
    topic: 'run',
    options: [
      ...commonOptions,
      'rule',
      'trust',
      'approvals',
      'apply',
      'accept',
      'ask',
      'model',
      'base-url',
      'replay',
      'record',
      'budget-usd',
      'format',
    ],
    interpret: interpretRun,
  },
  check: {
    topic: 'check',
    options: [...commonOptions, 'diff', 'fix', 'format', 'max-warnings', 'no-cache', 'staged'],
    interpret: interpretCheck,
  },
  hooks: { topic: 'hooks', options: commonOptions, interpret: interpretHooks },
  test: testCommand,
  mutate: mutateCommand,
  watch: {
    topic: 'watch',
    options: [...commonOptions, 'approvals', 'format', 'rule', 'trust'],
    interpret: (words) =>
      words.none() ?? {
        kind: 'watch',
        ...words.common(),
        ...readRights(words),
        rules: (words.text('rule') ?? '').split(',').flatMap((name) => name.trim() || []),
        format: words.choice('format', ['human', 'json']) ?? (words.flag('json') ? 'json' : 'human'),
      },
  },
  explain: {
    topic: 'explain',
    options: [...commonOptions, 'approvals', 'on', 'origin', 'run', 'trust'],
    interpret: interpretExplain,
  },
  sandbox: { topic: 'sandbox', options: commonOptions, interpret: interpretSandbox },
  doctor: {
    topic: 'doctor',
    options: commonOptions,
    interpret: (words) => words.none() ?? { kind: 'doctor', ...words.common() },
  },
  report: {
    topic: 'report',
    options: [...commonOptions, 'out'],
    interpret: (words) => words.none() ?? { kind: 'report', ...words.common(), out: words.text('out') },
  },
  undo: { topic: 'undo', options: commonOptions, interpret: interpretUndo },
  approvals: {
    topic: 'approvals',
    options: [...commonOptions, 'all', 'approvals'],
    interpret: interpretApprovals,
  },
};

const origins: readonly Origin[] = ['user', 'auto', 'disk', 'self'];

function interpretExplain(words: Words): Invocation | UsageError {
  const common = { ...words.common(), ...readRights(words) };
  const run = words.text('run');
  const [file] = words.positionals;
  if (run !== undefined) {
    const extra = words.none();
    if (words.has('on') || words.has('origin'))
      throw new WrongWords('--run names what happened; leave out --on and --origin.');
    return extra ?? { kind: 'explain', ...common, about: { kind: 'run', run } };
  }
  if (file === undefined) return usageError('explain', 'Name the file, or a run with --run ID.');
  const written = words.text('on') ?? 'save';
  const event = resolveEvent(written);
  if (event === undefined)
    throw new WrongWords(`--on ${written} is no event; events are ${eventNames.join(', ')}.`);
  const origin = words.choice('origin', origins) ?? 'user';
  const about = { kind: 'event', file, event, origin } as const;
  return words.atMostOne('file') ?? { kind: 'explain', ...common, about };
}

function interpretUndo(words: Words): Invocation | UsageError {
  const [run] = words.positionals;
  if (run === undefined) return usageError('undo', 'Name the run; clctl log lists them.');
  return words.atMostOne('run') ?? { kind: 'undo', ...words.common(), run };
}

const hookActions = ['install', 'remove', 'status'] as const;

/** Reads a command line: the words after the program's name. Looks nothing up and never throws. */
export function parseArguments(argv: readonly string[]): Invocation | UsageError {
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-V') return { kind: 'version' };
  if (first === '--help' || first === '-h') return { kind: 'help', topic: 'program' };
  if (first === undefined)
    return usageError('program', `Say what to do: ${Object.keys(commands).join(', ')} or ctl.`);
  if (first === 'ctl') return parseCtl(rest);
  const command = lookUp(commands, first);
  if (!command) return unknownCommand('program', first, [...Object.keys(commands), 'ctl']);
  return parseCommand(command, rest);
}

function parseCtl([first, ...rest]: readonly string[]): Invocation | UsageError {
  if (first === '--version' || first === '-V') return { kind: 'version' };
  if (first === '--help' || first === '-h') return { kind: 'help', topic: 'ctl' };
  if (first === undefined)
    return usageError('ctl', `Say what to do: ${Object.keys(ctlCommands).join(', ')}.`);
  const command = lookUp(ctlCommands, first);
  return command ? parseCommand(command, rest) : unknownCommand('ctl', first, Object.keys(ctlCommands));
}

function lookUp(table: Readonly<Record<string, Command>>, name: string): Command | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function unknownCommand(topic: HelpTopic, word: string, known: readonly string[]): UsageError {
  const what = word.startsWith('-')
    ? `The option ${word} must follow a command`
    : `There is no command ${word}`;
  return usageError(topic, `${what}. The commands are ${known.join(', ')}.`);
}

function parseCommand(
  { topic, options, interpret }: Command,
  args: readonly string[],
): Invocation | UsageError {
  try {
    const words = new Words(topic, args, options);
    return words.flag('help') ? { kind: 'help', topic } : interpret(words);
  } catch (error) {
    if (error instanceof WrongWords) return usageError(topic, error.message);
    throw error;
  }
}

function interpretRun(words: Words): Invocation | UsageError {
  const rule = words.text('rule');
  const [file] = words.positionals;
  if (rule === undefined) return usageError('run', 'Name the rule to run: --rule NAME.');
  if (file === undefined) return usageError('run', `Name the file that rule ${rule} shall run on.`);
  return (
    words.atMostOne('file') ?? {
      kind: 'run',
      ...words.common(),
      rule,
      file,
      ...readRights(words),
      ...readLanding(words),
      model: readModel(words),
      baseUrl: readBaseUrl(words),
      replay: readReplay(words),
      budgetUsd: words.number('budget-usd', /^\d+(\.\d+)?$/, 'an amount such as 0.50'),
      format: readFormat(words),
    }
  );
}

function interpretSandbox(words: Words): Invocation | UsageError {
  const extra = words.atMostOne('word');
  if (extra) return extra;
  if (words.positionals[0] !== 'doctor') return usageError('sandbox', 'Say what to do: sandbox doctor.');
  return { kind: 'sandbox', ...words.common() };
}

function interpretHooks(words: Words): Invocation | UsageError {
  const [word, extra] = words.positionals;
  const action = hookActions.find((each) => each === word);
  if (action === undefined) return usageError('hooks', `Say what to do: ${hookActions.join(', ')}.`);
  if (extra !== undefined) return usageError('hooks', `${extra} is not expected here.`);
  return { kind: 'hooks', ...words.common(), action };
}

function interpretCheck(words: Words): Invocation {
  const ref = words.text('diff');
  const isStaged = words.flag('staged');
  if (isStaged && ref !== undefined)
    throw new WrongWords('--staged and --diff exclude each other; give one of them.');
  if (isStaged && words.flag('fix'))
    throw new WrongWords(
      '--fix mends the files of the folder, not what is staged; use --diff HEAD in place of --staged.',
    );
  return {
    kind: 'check',
    ...words.common(),
    files: words.positionals,
    changes: isStaged ? { kind: 'staged' } : ref === undefined ? undefined : { kind: 'since', ref },
    fix: words.flag('fix'),
    cache: !words.flag('no-cache'),
    format: readFormat(words),
    maxWarnings: words.maxWarnings(),
  };
}

function readLanding(words: Words): Pick<RunInvocation, 'apply' | 'ask' | 'accept'> {
  const [apply, ask] = [words.flag('apply'), words.flag('ask')];
  const accept = readAcceptedParts(words.text('accept'));
  if (Number(apply) + Number(ask) + Number(accept.length > 0) > 1)
    throw new WrongWords('--apply, --ask and --accept exclude each other; give one of them.');
  return { apply, ask, accept };
}

/** The model's own name may hold more slashes. */
function readModel(words: Words): { provider: string; model: string } | undefined {
  const text = words.text('model');
  if (text === undefined) return undefined;
  const [, provider, model] = /^([^/\s]+)\/(\S+)$/.exec(text) ?? [];
  if (!provider || !model)
    throw new WrongWords('--model must be PROVIDER/MODEL, such as ollama/qwen2.5-coder:7b.');
  return { provider, model };
}

function readBaseUrl(words: Words): string | undefined {
  const text = words.text('base-url');
  if (text !== undefined && !/^https?:\/\//i.test(text)) {
    throw new WrongWords('--base-url must be an http or https address.');
  }
  return text;
}

function readReplay(words: Words): { mode: 'replay' | 'record'; folder: string } | undefined {
  const replay = words.text('replay');
  const record = words.text('record');
  if (replay !== undefined && record !== undefined) {
    throw new WrongWords('--replay and --record exclude each other; give one of them.');
  }
  if (replay !== undefined) return { mode: 'replay', folder: replay };
  return record === undefined ? undefined : { mode: 'record', folder: record };
}
