import { dialects } from '../engine/rules/dialects/dialectList.ts';
import { usageGroupings } from '../protocol/usageReport.ts';
import { auditCommand } from './auditWords.ts';
import { commonOptions, type Command } from './command.ts';
import { usageError } from './invocation.ts';
import { readFormat } from './readFormat.ts';
import { interpretRule } from './ruleWords.ts';

const dialectIds = dialects.map(({ id }) => id);

/** The commands behind `clctl`. */
export const ctlCommands: Readonly<Record<string, Command>> = {
  'validate-rules': {
    topic: 'ctl validate-rules',
    options: [...commonOptions, 'fix', 'format', 'max-warnings'],
    interpret: (words) => ({
      kind: 'validateRules',
      ...words.common(),
      files: words.positionals,
      fix: words.flag('fix'),
      format: readFormat(words),
      maxWarnings: words.maxWarnings(),
    }),
  },
  rule: {
    topic: 'ctl rule',
    options: [...commonOptions, 'effective', 'for', 'write', 'template', 'description', 'globs'],
    interpret: interpretRule,
  },
  rules: {
    topic: 'ctl rules',
    options: [...commonOptions, 'for'],
    interpret: (words) => words.none() ?? { kind: 'rules', ...words.common(), file: words.text('for') },
  },
  migrate: {
    topic: 'ctl migrate',
    options: [...commonOptions, 'write'],
    interpret: (words) => ({
      kind: 'migrate',
      ...words.common(),
      files: words.positionals,
      write: words.flag('write'),
    }),
  },
  import: {
    topic: 'ctl import',
    options: [...commonOptions, 'from', 'write', 'replace'],
    interpret: (words) => {
      const dialect = words.choice('from', dialectIds);
      if (dialect === undefined)
        return usageError('ctl import', `Say whose files: --from ${dialectIds.join(', ')}.`);
      const [write, replace] = [words.flag('write'), words.flag('replace')];
      return { kind: 'import', ...words.common(), dialect, files: words.positionals, write, replace };
    },
  },
  export: {
    topic: 'ctl export',
    options: [...commonOptions, 'to', 'out', 'write', 'replace'],
    interpret: (words) => {
      const dialect = words.choice('to', dialectIds);
      if (dialect === undefined)
        return usageError('ctl export', `Say for whom: --to ${dialectIds.join(', ')}.`);
      const [write, replace, out] = [words.flag('write'), words.flag('replace'), words.text('out')];
      return { kind: 'export', ...words.common(), dialect, rules: words.positionals, out, write, replace };
    },
  },
  models: {
    topic: 'ctl models',
    options: [...commonOptions, 'no-ask'],
    interpret: (words) => {
      const [word = 'list'] = words.positionals;
      const extra = words.atMostOne('word');
      if (extra) return extra;
      if (word === 'list') return { kind: 'models', ...words.common() };
      if (word === 'check') return { kind: 'modelsCheck', ...words.common(), tries: !words.flag('no-ask') };
      return usageError('ctl models', `${word} is not known here; it can be list or check.`);
    },
  },
  cassette: {
    topic: 'ctl cassette',
    options: [...commonOptions, 'write'],
    interpret: (words) => {
      const [task = '', folder, ...others] = words.positionals;
      if (task !== 'list' && task !== 'verify' && task !== 'redact')
        return usageError('ctl cassette', 'Say what to do: list, verify or redact.');
      if (others.length > 0) return usageError('ctl cassette', 'Name one FOLDER at most.');
      return { kind: 'cassette', ...words.common(), task, folder, write: words.flag('write') };
    },
  },
  audit: auditCommand,
  usage: {
    topic: 'ctl usage',
    options: [...commonOptions, 'by', 'latency'],
    interpret: (words) =>
      words.none() ?? {
        kind: 'usage',
        ...words.common(),
        by: words.choice('by', usageGroupings) ?? 'model',
        latency: words.flag('latency'),
      },
  },
  log: {
    topic: 'ctl log',
    options: commonOptions,
    interpret: (words) =>
      words.atMostOne('RUN') ?? { kind: 'log', ...words.common(), run: words.positionals[0] },
  },
};
