import { ruleTemplates } from '../engine/rules/templates/ruleTemplates.ts';
import { usageError, type Invocation, type UsageError } from './invocation.ts';
import type { OptionName, Words } from './words.ts';

type Interpret = (words: Words, names: readonly string[]) => Invocation | UsageError;

interface Verb {
  /** As in `show NAME`. */
  readonly usage: string;
  /** Names that must be given, and that may be. */
  readonly least: number;
  readonly most: number;
  /** Options that only this verb takes. */
  readonly options: readonly OptionName[];
  readonly interpret: Interpret;
}

const topic = 'ctl rule';
const verbs: Readonly<Record<string, Verb>> = {
  create: {
    usage: 'create NAME',
    least: 1,
    most: 1,
    options: ['template', 'description', 'globs'],
    interpret: (words, [rule = '']) => ({
      kind: 'ruleCreate',
      ...words.common(),
      rule,
      template:
        words.choice(
          'template',
          ruleTemplates.map(({ id }) => id),
        ) ?? 'files',
      description: words.text('description'),
      globs: words.text('globs'),
    }),
  },
  show: {
    usage: 'show NAME',
    least: 1,
    most: 1,
    options: ['effective'],
    interpret: (words, [rule = '']) => ({
      kind: 'ruleShow',
      ...words.common(),
      rule,
      effective: words.flag('effective'),
    }),
  },
  list: {
    usage: 'list',
    least: 0,
    most: 0,
    options: ['for'],
    interpret: (words) => ({ kind: 'rules', ...words.common(), file: words.text('for') }),
  },
  rename: {
    usage: 'rename OLD NEW',
    least: 2,
    most: 2,
    options: ['write'],
    interpret: (words, [rule = '', name = '']) => ({
      kind: 'ruleRename',
      ...words.common(),
      rule,
      name,
      write: words.flag('write'),
    }),
  },
  test: {
    usage: 'test [NAME]',
    least: 0,
    most: 1,
    options: [],
    interpret: (words, [rule]) => ({ kind: 'ruleTest', ...words.common(), rule }),
  },
};

/** What follows `clctl rule`. */
export function interpretRule(words: Words): Invocation | UsageError {
  const [name, ...names] = words.positionals;
  const verb = name !== undefined && Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  const usages = Object.values(verbs).map(({ usage }) => usage);
  if (verb === undefined) return usageError(topic, `Say what to do with the rule: ${usages.join(', ')}.`);
  if (names.length < verb.least) return usageError(topic, `Name the rule: rule ${verb.usage}.`);
  const extra = names[verb.most];
  if (extra !== undefined) return usageError(topic, `${extra} is too many: rule ${verb.usage}.`);
  const others = Object.values(verbs).flatMap(({ options }) => options);
  const wrong = others.find((option) => !verb.options.includes(option) && words.has(option));
  if (wrong !== undefined) return usageError(topic, `--${wrong} does not belong to rule ${verb.usage}.`);
  return verb.interpret(words, names);
}
