import { commonOptions, type Command } from './command.ts';
import { usageError, type MutateInvocation } from './invocation.ts';
import { findingFormats } from './render/renderReport.ts';
import { WrongWords, type Words } from './words.ts';

/** `codegen-lab mutate FILE`. */
export const mutateCommand: Command = {
  topic: 'mutate',
  options: [...commonOptions, 'format', 'lines', 'max', 'seed', 'tests', 'trust'],
  interpret(words) {
    const [file] = words.positionals;
    if (file === undefined) return usageError('mutate', 'Name the file whose code shall be changed.');
    const { json, root } = words.common();
    const tests = (words.text('tests') ?? '').split(',').flatMap((name) => name.trim() || []);
    const format = words.choice('format', findingFormats) ?? (json ? 'json' : 'human');
    return (
      words.atMostOne('file') ?? {
        kind: 'mutate',
        json: format === 'json',
        format,
        root,
        files: [file, ...tests],
        trust: words.flag('trust'),
        lines: readLines(words),
        max: words.number('max', /^[1-9]\d{0,5}$/, 'a whole number such as 50'),
        seed: words.number('seed', /^\d{1,9}$/, 'a whole number such as 1') ?? 1,
      }
    );
  },
};

/** `12-20`, or one line. */
function readLines(words: Words): MutateInvocation['lines'] {
  const written = words.text('lines');
  if (written === undefined) return undefined;
  const [, first = '', last = first] = /^([1-9]\d*)(?:-([1-9]\d*))?$/.exec(written) ?? [];
  if (first === '' || Number(last) < Number(first))
    throw new WrongWords('--lines must be a line or two of them, such as 12 or 12-20.');
  return [Number(first) - 1, Number(last) - 1];
}
