import { parseArgs } from 'node:util';
import { usageError, type HelpTopic, type Invocation, type UsageError } from './invocation.ts';

type OptionName =
  | 'apply'
  | 'base-url'
  | 'budget-usd'
  | 'coverage'
  | 'help'
  | 'json'
  | 'max-warnings'
  | 'model'
  | 'record'
  | 'replay'
  | 'root'
  | 'rule'
  | 'trust';

interface Command {
  readonly topic: HelpTopic;
  readonly options: readonly OptionName[];
  readonly interpret: (words: Words) => Invocation | UsageError;
}

const flags: readonly OptionName[] = ['apply', 'coverage', 'help', 'json', 'trust'];
const common: readonly OptionName[] = ['help', 'json', 'root'];

const commands: Readonly<Record<string, Command>> = {
  run: {
    topic: 'run',
    options: [...common, 'rule', 'trust', 'apply', 'model', 'base-url', 'replay', 'record', 'budget-usd'],
    interpret: interpretRun,
  },
  check: {
    topic: 'check',
    options: [...common, 'max-warnings'],
    interpret: (words) => ({
      kind: 'check',
      ...words.common(),
      files: words.positionals,
      maxWarnings: words.number('max-warnings', /^\d+$/, 'a whole number such as 0'),
    }),
  },
  test: {
    topic: 'test',
    options: [...common, 'coverage', 'trust'],
    interpret: (words) => ({
      kind: 'test',
      ...words.common(),
      files: words.positionals,
      trust: words.flag('trust'),
      coverage: words.flag('coverage'),
    }),
  },
};

const ctlCommands: Readonly<Record<string, Command>> = {
  rules: {
    topic: 'ctl rules',
    options: common,
    interpret: (words) => words.none() ?? { kind: 'rules', ...words.common() },
  },
  rule: { topic: 'ctl rule', options: common, interpret: interpretRule },
  models: {
    topic: 'ctl models',
    options: common,
    interpret: (words) => words.none() ?? { kind: 'models', ...words.common() },
  },
  log: {
    topic: 'ctl log',
    options: common,
    interpret: (words) =>
      words.atMostOne('RUN') ?? { kind: 'log', ...words.common(), run: words.positionals[0] },
  },
};

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

/** Stays inside of this file: carries what is wrong from where it is read to where the usage error is made. */
class WrongWords extends Error {}

/** The options and positionals of one command. Readers throw `WrongWords`. */
class Words {
  readonly topic: HelpTopic;
  readonly positionals: readonly string[];
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(topic: HelpTopic, args: readonly string[], names: readonly OptionName[]) {
    const parsed = parseWords(args, names);
    this.topic = topic;
    this.positionals = parsed.positionals;
    this.#values = parsed.values;
    if (parsed.positionals.includes('')) throw new WrongWords('A name is empty; leave it out or write one.');
  }

  flag(name: OptionName): boolean {
    return this.#values[name] === true;
  }

  text(name: OptionName): string | undefined {
    const value = this.#values[name];
    if (typeof value !== 'string') return undefined;
    if (value.trim() === '') throw new WrongWords(`--${name} needs a value.`);
    return value;
  }

  number(name: OptionName, shape: RegExp, expected: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!shape.test(value)) throw new WrongWords(`--${name} must be ${expected}.`);
    return Number(value);
  }

  common(): { readonly json: boolean; readonly root: string | undefined } {
    return { json: this.flag('json'), root: this.text('root') };
  }

  none(): UsageError | undefined {
    const [extra] = this.positionals;
    return extra === undefined ? undefined : usageError(this.topic, `${extra} is not expected here.`);
  }

  atMostOne(what: string): UsageError | undefined {
    const extra = this.positionals[1];
    return extra === undefined
      ? undefined
      : usageError(this.topic, `Only one ${what} can be named; ${extra} is too many.`);
  }
}

function parseWords(
  args: readonly string[],
  names: readonly OptionName[],
): { readonly positionals: readonly string[]; readonly values: Readonly<Record<string, unknown>> } {
  const options = Object.fromEntries(names.map((name) => [name, optionOf(name)]));
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    // The words that Node finds wrong are told by its own sentence.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')) {
      throw new WrongWords(error.message.replaceAll('\n', ' '), { cause: error });
    }
    throw error;
  }
}

function optionOf(name: OptionName): { type: 'boolean' | 'string'; short?: string } {
  const type = flags.includes(name) ? 'boolean' : 'string';
  return name === 'help' ? { type, short: 'h' } : { type };
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
      trust: words.flag('trust'),
      apply: words.flag('apply'),
      model: readModel(words),
      baseUrl: readBaseUrl(words),
      replay: readReplay(words),
      budgetUsd: words.number('budget-usd', /^\d+(\.\d+)?$/, 'an amount such as 0.50'),
    }
  );
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

function interpretRule(words: Words): Invocation | UsageError {
  const [verb, rule, extra] = words.positionals;
  if (verb !== 'show') return usageError('ctl rule', 'Say what to do with the rule: show NAME.');
  if (rule === undefined) return usageError('ctl rule', 'Name the rule to show.');
  if (extra !== undefined) return usageError('ctl rule', `Only one rule can be named; ${extra} is too many.`);
  return { kind: 'ruleShow', ...words.common(), rule };
}
