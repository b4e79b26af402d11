import { endureSecrets } from '../../server/test/endurance/secretEndurance.ts';
import { writeResult } from './writeResult.ts';

/** Tells every kind of secret to every sink. Resolves to whether none leaked. */
export async function playSecrets(): Promise<boolean> {
  const { kinds, sinks, leaks } = await endureSecrets();
  const rows = Object.entries(sinks).map(([sink, characters]) => {
    const found = leaks.filter((leak) => leak.endsWith(` in ${sink}`)).length;
    return `| ${sink} | ${kinds} | ${characters} | ${found} |`;
  });
  for (const line of [...rows, ...leaks]) console.log(line);
  writeResult('secrets', 'Secrets', [
    `${kinds} kinds of secrets stand in a source, in the name, the output and the failure of a test, in what a command prints, in the`,
    'environment, in keys, in answers and in errors of a model on another machine. Nothing of one may come out of the command line,',
    'go to that machine, or be kept.',
    '',
    '| sink | kinds | characters looked through | leaks |',
    '|---|---|---|---|',
    ...rows,
    ...leaks.map((leak) => `- ${leak}`),
  ]);
  return leaks.length === 0;
}
