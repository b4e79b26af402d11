import { parseArgs } from 'node:util';
import { logLevels, type LogLevel } from '../protocol/logLevels.ts';
import { usageError, type HelpTopic, type UsageError } from './invocation.ts';

export type OptionName =
  | 'affected'
  | 'fail-under'
  | 'min-coverage'
  | 'ratchet'
  | 'runner'
  | 'save-best'
  | 'since'
  | 'then-rest'
  | 'accept'
  | 'all'
  | 'apply'
  | 'approvals'
  | 'ask'
  | 'base-url'
  | 'budget-usd'
  | 'coverage'
  | 'coverage-from'
  | 'description'
  | 'diff'
  | 'effective'
  | 'fix'
  | 'for'
  | 'format'
  | 'from'
  | 'globs'
  | 'help'
  | 'json'
  | 'lines'
  | 'log-level'
  | 'max'
  | 'max-warnings'
  | 'model'
  | 'by'
  | 'latency'
  | 'no-ask'
  | 'no-cache'
  | 'on'
  | 'origin'
  | 'out'
  | 'record'
  | 'replace'
  | 'replay'
  | 'retries'
  | 'root'
  | 'rule'
  | 'run'
  | 'seed'
  | 'staged'
  | 'template'
  | 'tests'
  | 'to'
  | 'trust'
  | 'who'
  | 'write';

const flags: readonly OptionName[] = [
  'affected',
  'ratchet',
  'save-best',
  'then-rest',
  'all',
  'apply',
  'ask',
  'coverage',
  'effective',
  'fix',
  'help',
  'json',
  'latency',
  'no-ask',
  'no-cache',
  'replace',
  'staged',
  'trust',
  'write',
];

/** Carries what is wrong from where it is read to where the usage error is made. */
export class WrongWords extends Error {}

/** The options and positionals of one command. Readers throw `WrongWords`. */
export class Words {
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

  has(name: OptionName): boolean {
    return this.#values[name] !== undefined;
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

  common(): { readonly json: boolean; readonly root: string | undefined; readonly logLevel?: LogLevel } {
    const logLevel = this.choice('log-level', logLevels);
    return {
      json: this.flag('json'),
      root: this.text('root'),
      ...(logLevel === undefined ? {} : { logLevel }),
    };
  }

  /** One of a few words; undefined when the option is not given. */
  choice<Word extends string>(name: OptionName, choices: readonly Word[]): Word | undefined {
    const value = this.text(name);
    const found = choices.find((choice) => choice === value);
    if (value !== undefined && found === undefined)
      throw new WrongWords(`--${name} must be one of ${choices.join(', ')}.`);
    return found;
  }

  maxWarnings(): number | undefined {
    return this.number('max-warnings', /^\d+$/, 'a whole number such as 0');
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
