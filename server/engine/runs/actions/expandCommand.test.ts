import assert from 'node:assert/strict';
import type { CommandText } from '../../rules/rule.ts';
import { expandCommand } from './expandCommand.ts';

const span = { start: 0, end: 0 };
const line = (value: string): CommandText => ({ form: 'line', line: { value, span } });
const list = (...items: readonly string[]): CommandText => ({
  form: 'arguments',
  items: items.map((value) => ({ value, span })),
});
const variables = { file: 'src/a b.ts', dir: '-x', stem: '-rf', ext: 'ts', testOutput: '--help $(x)' };

const plain: readonly (readonly [command: CommandText, argv: readonly string[]])[] = [
  [line('lint {file} --out={dir}'), ['lint', 'src/a b.ts', '--out=-x']],
  [line('lint "{file}"'), ['lint', 'src/a b.ts']],
  [list('lint', '{file}', 'a b', ''), ['lint', 'src/a b.ts', 'a b', '']],
  [line('ls {dir}'), ['ls', './-x']],
  [line('echo x{stem} {word} {FILE}'), ['echo', 'x-rf', '{word}', '{FILE}']],
  [line('tell {testOutput}'), ['tell', '--help $(x)']],
];

const shell: readonly (readonly [line: string, script: string, values: readonly string[]])[] = [
  ['lint {file} && echo', 'lint "${1}" && echo', ['src/a b.ts']],
  ['echo "in {file}"', 'echo "in ${1}"', ['src/a b.ts']],
  ["echo 'in {file}'", `echo 'in '"\${1}"''`, ['src/a b.ts']],
  ['echo ${file} {ext}', 'echo ${file} "${1}"', ['ts']],
  ['echo \\"{ext}', 'echo \\""${1}"', ['ts']],
  ['echo "\\"{ext}"', 'echo "\\"${1}"', ['ts']],
  ['ls {dir}', 'ls "${1}"', ['./-x']],
];

describe('a command with variables', () => {
  for (const [command, argv] of plain)
    it(`becomes ${JSON.stringify(argv)}`, () => {
      const expanded = expandCommand(command, { shell: false, variables });
      assert.deepEqual(expanded.kind === 'ready' && expanded.argv, argv);
    });

  for (const [written, script, values] of shell)
    it(`in a shell is ${script}`, () => {
      const expanded = expandCommand(line(written), { shell: true, variables });
      assert.deepEqual(expanded.kind === 'ready' && expanded.argv, ['sh', '-c', script, 'sh', ...values]);
    });

  it('is shown on one line that is not too long', () => {
    const long = { testOutput: `a\nb ${'x'.repeat(500)}` };
    const expanded = expandCommand(line('tell {testOutput}'), { shell: false, variables: long });
    assert.ok(expanded.kind === 'ready');
    assert.match(expanded.display, /^tell 'a b x{190} …$/u);
  });

  it('refuses a name that would be read as an option', () => {
    const expanded = expandCommand(line('rm {stem}.js'), { shell: false, variables });
    assert.ok(expanded.kind === 'invalid');
    assert.match(expanded.reason, /`-rf` as an option: write `\.\/\{stem\}`/u);
  });

  for (const command of [line(''), list(), list('')])
    it(`refuses nothing at all: ${JSON.stringify(command)}`, () =>
      assert.equal(expandCommand(command, { shell: false, variables }).kind, 'invalid'));
});
