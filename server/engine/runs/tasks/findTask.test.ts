import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findTask } from './findTask.ts';
import type { NamedTask } from './namedTask.ts';
import { parseJsonc } from '../../documents/parseJsonc.ts';

type Files = Readonly<Record<string, string>>;
const place = { seenAs: '/w', file: 'src/a.ts' };

async function find(name: string, files: Files, folder = ''): Promise<NamedTask | string> {
  const found = await findTask(name, folder, async (path) => files[path], place);
  return found.kind === 'found' ? found.task : found.message;
}

function show(task: NamedTask | string): string {
  if (typeof task === 'string') return task;
  if ('obstacle' in task.run) return task.run.obstacle;
  return task.run.commands.map(({ display, folder }) => `${folder}$ ${display}`).join('; ');
}

const tasks = (...definitions: readonly string[]): Files => ({
  '.vscode/tasks.json': `{\n// one\n"version": "2.0.0", "tasks": [${definitions.join(',')},]}`,
});
const manifest = JSON.stringify({ scripts: { lint: 'eslint .', prelint: 'echo first', 'build:all': 'x' } });
const makefile =
  'CC := gcc\n.PHONY: all lint\nall: main.o\n\t$(CC) main.o\n\nlint check:\n\t./lint\n%.o: %.c\n\tcc\n$(X): y\n';
const justfile =
  'set shell := ["sh"]\nname := "x"\nbuild:\n  cargo build\n\n@test filter="":\n  cargo test\n\ndeploy target:\n  ./deploy {{target}}\n';
const pyproject = [
  '[project.scripts]',
  'serve = "app.main:run"',
  '[tool.poe.tasks]',
  'lint = "ruff check ."',
  'all = [',
  '  "lint",',
  ']',
  '[tool.poe.tasks.docs]',
  'cmd = "mkdocs build"',
  '[tool.pdm.scripts]',
  'start = {cmd = "flask run"}',
].join('\n');

const found: readonly (readonly [name: string, files: Files, shown: string, folder?: string])[] = [
  ['lint', { 'package.json': manifest }, '$ npm run lint'],
  ['npm:lint', { 'package.json': manifest }, '$ npm run lint'],
  ['npm: lint', { 'package.json': manifest }, '$ npm run lint'],
  ['build:all', { 'package.json': manifest }, '$ npm run build:all'],
  ['lint', { 'package.json': manifest, 'pnpm-lock.yaml': '' }, '$ pnpm run lint'],
  ['lint', { 'package.json': manifest.replace('{', '{"packageManager":"yarn@4.0.0",') }, '$ yarn run lint'],
  ['lint', { 'web/package.json': manifest, 'package.json': manifest }, 'web$ npm run lint', 'web/app'],
  ['lint', { 'package.json': manifest, 'web/package.json': '{}' }, '$ npm run lint', 'web'],
  ['lint', { Makefile: makefile }, '$ make lint'],
  ['check', { Makefile: makefile }, '$ make check'],
  ['build', { justfile }, '$ just build'],
  ['test', { justfile }, '$ just test'],
  ['deploy', { justfile }, 'The recipe deploy needs target; write it as `run` with its arguments.'],
  ['serve', { 'pyproject.toml': pyproject }, '$ serve'],
  ['serve', { 'pyproject.toml': pyproject, 'uv.lock': '' }, '$ uv run serve'],
  ['lint', { 'pyproject.toml': pyproject, 'poetry.lock': '' }, '$ poetry run poe lint'],
  ['docs', { 'pyproject.toml': pyproject }, '$ poe docs'],
  ['start', { 'pyproject.toml': pyproject }, '$ pdm run start'],
  ['make:lint', { 'package.json': manifest, Makefile: makefile }, '$ make lint'],
  [
    'a',
    tasks('{"label":"a","type":"process","command":"tool","args":["${relativeFile}","b c"]}'),
    "$ tool src/a.ts 'b c'",
  ],
  [
    'a',
    tasks('{"label":"a","type":"process","command":"tool","options":{"cwd":"${workspaceFolder}/web"}}'),
    'web$ tool',
  ],
  ['a', tasks('{"label":"a","type":"npm","script":"lint","path":"web"}'), 'web$ npm run lint'],
  ['npm: lint', tasks('{"type":"npm","script":"lint"}'), '$ npm run lint'],
  [
    'a',
    tasks(
      '{"label":"b","type":"process","command":"first"}',
      '{"label":"a","type":"process","command":"second","dependsOn":["b"]}',
    ),
    '$ first; $ second',
  ],
  [
    'a',
    tasks('{"label":"b","type":"process","command":"first"}', '{"label":"a","dependsOn":"b"}'),
    '$ first',
  ],
  ['a', tasks('{"label":"a","dependsOn":"a"}'), 'The task a depends on itself.'],
  [
    'a',
    tasks('{"label":"a","type":"shell","command":"x ${input:y}"}'),
    'The task a asks for ${input:y}, which only the editor knows; write the command as `run`.',
  ],
  [
    'a',
    tasks('{"label":"a","type":"gulp","task":"x"}'),
    'The task a is of the type "gulp", which an extension of the editor runs; write it as `run`.',
  ],
  [
    'a',
    tasks('{"label":"a","type":"shell","command":"watch","isBackground":true}'),
    'The task a runs in the background and never ends; take one that ends.',
  ],
  [
    'a',
    tasks('{"label":"a","type":"process","command":"x","options":{"cwd":"/etc"}}'),
    'The task a works in /etc, outside of this folder.',
  ],
];

const missing: readonly (readonly [name: string, files: Files, message: RegExp])[] = [
  ['lint', {}, /no .vscode\/tasks.json, package.json, makefile/],
  ['lnt', { 'package.json': manifest }, /Did you mean `lint`\?.*`npm:lint`/],
  ['lint', { 'package.json': manifest, Makefile: makefile }, /Several tasks.*`npm:lint`, `make:lint`/],
  ['npm:all', { 'package.json': manifest, Makefile: makefile }, /no task `npm:all`/],
  ['%.o', { Makefile: makefile }, /no task/],
  ['lint', { 'package.json': '{broken' }, /no task/],
];

describe('a task', () => {
  for (const [name, files, shown, folder] of found)
    it(`is found: ${name} in ${Object.keys(files).join(', ')}: ${shown}`, async () =>
      assert.equal(show(await find(name, files, folder)), shown));

  for (const [name, files, message] of missing)
    it(`is missing: ${name} in ${Object.keys(files).join(', ')}`, async () =>
      assert.match(show(await find(name, files)), message));

  const texts: readonly (readonly [name: string, files: Files, text: string])[] = [
    ['lint', { 'package.json': manifest }, 'prelint: echo first\nlint: eslint .'],
    ['all', { Makefile: makefile }, 'all: main.o\n\t$(CC) main.o'],
    ['build', { justfile }, 'build:\n  cargo build'],
    ['all', { 'pyproject.toml': pyproject }, 'tool.poe.tasks: [\n"lint",\n]'],
    ['docs', { 'pyproject.toml': pyproject }, 'tool.poe.tasks: \ncmd = "mkdocs build"'],
  ];
  for (const [name, files, text] of texts)
    it(`is approved with what it runs: ${name} of ${Object.keys(files).join('')}`, async () => {
      const task = await find(name, files);
      assert.equal(typeof task === 'string' ? task : task.text, text);
    });

  it('of a shell hands values over as parameters, and arguments as words', async () => {
    const task = await find(
      'a',
      tasks(
        '{"label":"a","type":"shell","command":"cat \\"${relativeFile}\\" | wc","args":["x y","--f=${fileBasename}",{"value":"$z","quoting":"strong"}]}',
      ),
    );
    assert.ok(typeof task !== 'string' && 'commands' in task.run);
    assert.deepEqual(task.run.commands[0]?.argv, [
      'sh',
      '-c',
      'cat "${1}" | wc "${2}" "${3}" "${4}"',
      'sh',
      'src/a.ts',
      'x y',
      '--f=a.ts',
      '$z',
    ]);
  });

  it('is looked for in any text without a throw', async () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      '"',
      ':',
      ',',
      'tasks',
      '\n',
      'a',
      '=',
      '[tool.poe.tasks]\n',
      '\t',
      '//',
      '/*',
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (any) => {
        const files = {
          '.vscode/tasks.json': any,
          'package.json': any,
          Makefile: any,
          justfile: any,
          'pyproject.toml': any,
        };
        await find('a', files);
      }),
    );
  });
});

describe('JSON with comments', () => {
  it('is read as JSON without them', () => {
    const written = '{ // a\n "u": "http://x/*y*/", /* b */ "l": [1, 2,], "q": "\\"//",\n}';
    assert.deepEqual(parseJsonc(written), { u: 'http://x/*y*/', l: [1, 2], q: '"//' });
    fc.assert(
      fc.property(fc.json(), (json) => {
        assert.deepEqual(parseJsonc(json), JSON.parse(json));
      }),
    );
  });
});
