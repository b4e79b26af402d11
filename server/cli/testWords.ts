import type { CoverageDemand } from '../engine/testing/coverage/judgeCoverage.ts';
import { runners } from '../engine/testing/runners/runnerList.ts';
import { commonOptions, type Command } from './command.ts';
import type { TestInvocation, TestOutput } from './invocation.ts';
import { WrongWords, type Words } from './words.ts';

export const testCommand: Command = {
  topic: 'test',
  options: [
    ...commonOptions,
    ...([
      'affected',
      'coverage',
      'coverage-from',
      'fail-under',
      'format',
      'min-coverage',
      'ratchet',
      'retries',
    ] as const),
    ...(['runner', 'save-best', 'seed', 'since', 'then-rest', 'trust'] as const),
  ],
  interpret,
};

function interpret(words: Words): TestInvocation {
  const outputs = readOutputs(words);
  const demand = readDemand(words);
  const affected = readAffected(words);
  const savesBest = words.flag('save-best');
  const reports = (words.text('coverage-from') ?? '').split(',').flatMap((name) => name.trim() || []);
  if (affected !== undefined && (demand?.failUnder !== undefined || demand?.ratchet === true || savesBest))
    throw new WrongWords(
      '--affected runs some of the tests, so that --fail-under, --ratchet and --save-best cannot be judged by it.',
    );
  if (savesBest && words.positionals.length > 0)
    throw new WrongWords('--save-best keeps what all tests cover; leave out the files.');
  return {
    kind: 'test',
    root: words.text('root'),
    json: outputs.some(({ format, file }) => format === 'json' && file === undefined),
    files: words.positionals,
    trust: words.flag('trust'),
    coverage: words.flag('coverage') || demand !== undefined || savesBest || reports.length > 0,
    reports,
    retries: words.number('retries', /^\d$/, 'a whole number up to 9'),
    runner: words.choice(
      'runner',
      runners.map(({ id }) => id),
    ),
    seed: words.number('seed', /^\d{1,9}$/, 'a whole number such as 42'),
    demand,
    savesBest,
    affected,
    outputs,
  };
}

const percent = [/^(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)$/, 'a percentage such as 80'] as const;

function readDemand(words: Words): CoverageDemand | undefined {
  const minCoverage = words.number('min-coverage', ...percent);
  const failUnder = words.number('fail-under', ...percent);
  const ratchet = words.flag('ratchet');
  if (minCoverage === undefined && failUnder === undefined && !ratchet) return undefined;
  // The table of the files lists what is missing.
  return { minCoverage, failUnder, ratchet, showMissing: false, skipCovered: false };
}

function readAffected(words: Words): TestInvocation['affected'] {
  const since = words.text('since');
  const thenRest = words.flag('then-rest');
  if (words.flag('affected')) {
    if (since !== undefined && words.positionals.length > 0)
      throw new WrongWords('Name the files that changed, or --since REF, not both.');
    return { since, thenRest };
  }
  if (since !== undefined || thenRest) throw new WrongWords('--since and --then-rest belong to --affected.');
  return undefined;
}

const formats = ['human', 'json', 'junit', 'sarif'] as const;

/** `human,junit=report.xml`. */
function readOutputs(words: Words): readonly TestOutput[] {
  const written = words.text('format');
  if (written === undefined) return [{ format: words.flag('json') ? 'json' : 'human', file: undefined }];
  if (words.flag('json')) throw new WrongWords('--json is short for --format json; give one of them.');
  const outputs = written.split(',').map((part): TestOutput => {
    const [, name = '', file] = /^([^=]*)(?:=(.*))?$/u.exec(part.trim()) ?? [];
    const format = formats.find((each) => each === name);
    if (format === undefined || file === '')
      throw new WrongWords(
        `--format must be some of ${formats.join(', ')}, each with =FILE if it goes to a file.`,
      );
    return { format, file };
  });
  if (outputs.filter(({ file }) => file === undefined).length > 1)
    throw new WrongWords(
      'Only one format can go to standard output; give the others a file, such as junit=report.xml.',
    );
  return outputs;
}
