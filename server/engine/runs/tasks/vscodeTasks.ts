import { displayOf } from '../actions/expandCommand.ts';
import { shellArguments, shellScript, type FindVariable } from '../actions/shellScript.ts';
import type { NamedTask, ReadText, TaskCommand, TaskRun } from './namedTask.ts';
import { parseJsonc } from '../../documents/parseJsonc.ts';

const tasksFile = '.vscode/tasks.json';

/** The file that a rule fires on, for the variables of tasks. */
export interface TaskPlace {
  /** Absolute, as the command sees it. */
  readonly seenAs: string;
  /** Relative to the workspace folder; undefined: none is known. */
  readonly file: string | undefined;
}

/** The tasks of the workspace folder by their labels, as VS Code would run them, without an editor. */
export async function findVscodeTasks(read: ReadText, place: TaskPlace): Promise<readonly NamedTask[]> {
  const text = await read(tasksFile);
  const whole = text === undefined ? undefined : parseJsonc(text);
  if (!isMap(whole) || !Array.isArray(whole['tasks'])) return [];
  const shared = isMap(whole['options']) ? whole['options'] : {};
  const definitions = whole['tasks']
    .filter(isMap)
    .map((task): Definition => ({ ...task, options: { ...shared, ...optionsOf(task) } }));
  const byLabel = new Map(definitions.map((task) => [labelOf(task), task]));
  return definitions.flatMap((task): readonly NamedTask[] => {
    const name = labelOf(task);
    if (name === '') return [];
    const chain = chainOf(task, byLabel, []);
    const matcher = task['problemMatcher'];
    return [
      {
        kind: 'vscode',
        name,
        text:
          'obstacle' in chain
            ? JSON.stringify(task)
            : chain.tasks.map((each) => JSON.stringify(each)).join('\n'),
        run: 'obstacle' in chain ? chain : runOf(chain.tasks, place),
        matchers:
          matcher === undefined || matcher === null ? [] : Array.isArray(matcher) ? matcher : [matcher],
      },
    ];
  });
}

type Definition = Readonly<Record<string, unknown>>;

function labelOf(task: Definition): string {
  const { label, taskName, type, script } = task;
  if (typeof label === 'string') return label;
  if (typeof taskName === 'string') return taskName;
  return type === 'npm' && typeof script === 'string' ? `npm: ${script}` : '';
}

function optionsOf({ options }: Definition): Definition {
  return isMap(options) ? options : {};
}

/** The task after those that it depends on, each once. */
function chainOf(
  task: Definition,
  byLabel: ReadonlyMap<string, Definition>,
  above: readonly Definition[],
): { readonly tasks: readonly Definition[] } | { readonly obstacle: string } {
  if (above.includes(task)) return { obstacle: `The task ${labelOf(task)} depends on itself.` };
  const { dependsOn } = task;
  const names: readonly unknown[] =
    dependsOn === undefined ? [] : Array.isArray(dependsOn) ? dependsOn : [dependsOn];
  const tasks: Definition[] = [];
  for (const name of names) {
    const needed = typeof name === 'string' ? byLabel.get(name) : undefined;
    if (needed === undefined)
      return {
        obstacle: `The task ${labelOf(task)} depends on ${JSON.stringify(name)}, which is no task of ${tasksFile}.`,
      };
    const chain = chainOf(needed, byLabel, [...above, task]);
    if ('obstacle' in chain) return chain;
    tasks.push(...chain.tasks);
  }
  return { tasks: [...new Set([...tasks, task])] };
}

function runOf(tasks: readonly Definition[], place: TaskPlace): TaskRun {
  const commands: TaskCommand[] = [];
  for (const task of tasks) {
    if (task['command'] === undefined && task['dependsOn'] !== undefined) continue;
    const command = commandOf(task, place);
    if ('obstacle' in command) return command;
    commands.push(command);
  }
  return commands.length > 0 ? { commands } : { obstacle: 'The task runs no command.' };
}

function commandOf(task: Definition, place: TaskPlace): TaskCommand | { readonly obstacle: string } {
  const { type = 'shell', isBackground } = task;
  const label = labelOf(task);
  if (isBackground === true)
    return { obstacle: `The task ${label} runs in the background and never ends; take one that ends.` };
  const expand = createExpander(place);
  const options = optionsOf(task);
  const folder = folderOf(task, options, place, expand);
  if ('obstacle' in folder) return folder;
  const argv = argvOf(task, type, expand);
  if ('obstacle' in argv) return argv;
  if (expand.unknown.length > 0)
    return {
      obstacle: `The task ${label} asks for ${[...new Set(expand.unknown)].join(', ')}, which only the editor knows; write the command as \`run\`.`,
    };
  const { shown, words } = argv;
  return { argv: words, display: shown, folder: folder.folder, env: envOf(options, expand) };
}

interface Expander {
  (text: string): string;
  /** Variables that were met and are not known without an editor. */
  readonly unknown: readonly string[];
}

function createExpander({ seenAs, file }: TaskPlace): Expander {
  const unknown: string[] = [];
  const known = variablesOf(seenAs, file);
  const expand = (text: string): string =>
    text.replace(/\$\{([^}]*)\}/gu, (written, name: string) => {
      const value = known.get(name);
      if (value === undefined) unknown.push(written);
      return value ?? written;
    });
  return Object.assign(expand, { unknown });
}

function variablesOf(seenAs: string, file: string | undefined): ReadonlyMap<string, string> {
  const folder = [
    ['workspaceFolder', seenAs],
    ['workspaceRoot', seenAs],
    ['cwd', seenAs],
    ['workspaceFolderBasename', seenAs.slice(seenAs.lastIndexOf('/') + 1)],
    ['pathSeparator', '/'],
    ['/', '/'],
  ] as const;
  if (file === undefined) return new Map(folder);
  const slash = file.lastIndexOf('/');
  const base = file.slice(slash + 1);
  const dot = base.lastIndexOf('.') > 0 ? base.lastIndexOf('.') : base.length;
  const inside = slash < 0 ? '.' : file.slice(0, slash);
  return new Map([
    ...folder,
    ['file', `${seenAs}/${file}`],
    ['relativeFile', file],
    ['fileWorkspaceFolder', seenAs],
    ['fileDirname', slash < 0 ? seenAs : `${seenAs}/${inside}`],
    ['relativeFileDirname', inside],
    ['fileBasename', base],
    ['fileBasenameNoExtension', base.slice(0, dot)],
    ['fileExtname', base.slice(dot)],
  ]);
}

function folderOf(
  task: Definition,
  options: Definition,
  { seenAs }: TaskPlace,
  expand: Expander,
): { readonly folder: string } | { readonly obstacle: string } {
  const written = task['type'] === 'npm' ? task['path'] : options['cwd'];
  if (typeof written !== 'string' || written === '') return { folder: '' };
  const path = expand(written).replaceAll('\\', '/').replace(/\/+$/u, '');
  const inside = path === seenAs ? '' : path.startsWith(`${seenAs}/`) ? path.slice(seenAs.length + 1) : path;
  const plain = inside.replace(/^(?:\.\/)+/u, '').replace(/^\.$/u, '');
  if (/^(?:\/|[A-Za-z]:)/u.test(plain) || plain.split('/').includes('..'))
    return { obstacle: `The task ${labelOf(task)} works in ${written}, outside of this folder.` };
  return { folder: plain };
}

interface TaskWords {
  readonly words: readonly [string, ...string[]];
  readonly shown: string;
}

function argvOf(
  task: Definition,
  type: unknown,
  expand: Expander,
): TaskWords | { readonly obstacle: string } {
  const label = labelOf(task);
  if (type === 'npm') {
    const { script } = task;
    if (typeof script !== 'string') return { obstacle: `The task ${label} names no \`script\`.` };
    const words = ['npm', 'run', script] as const;
    return { words, shown: displayOf(words) };
  }
  if (type !== 'shell' && type !== 'process')
    return {
      obstacle: `The task ${label} is of the type ${JSON.stringify(type)}, which an extension of the editor runs; write it as \`run\`.`,
    };
  const command = wordOf(task['command']);
  if (command === undefined) return { obstacle: `The task ${label} has no \`command\`.` };
  const args = Array.isArray(task['args']) ? task['args'].map(wordOf) : [];
  const plain = args.filter((each) => each !== undefined);
  if (plain.length < args.length)
    return { obstacle: `An entry of \`args\` of the task ${label} is no text.` };
  if (type === 'process') {
    const words = [expand(command.value), ...plain.map(({ value }) => expand(value))] as const;
    return { words, shown: displayOf(words) };
  }
  const values: string[] = [];
  const find: FindVariable = (rest) => {
    const variable = /^\$\{[^}]*\}/u.exec(rest)?.[0];
    const value = variable === undefined ? undefined : expand(variable);
    return variable === undefined || value === undefined || value === variable
      ? undefined
      : { length: variable.length, value };
  };
  const script = [command, ...plain].map((word, at) =>
    at === 0 || !isOneWord(word)
      ? shellScript(word.value, find, values)
      : `"\${${values.push(expand(word.value))}}"`,
  );
  const words = shellArguments(script.join(' '), values);
  return { words, shown: [command, ...plain].map(({ value }) => expand(value)).join(' ') };
}

interface Word {
  readonly value: string;
  readonly quoting: string | undefined;
}

function wordOf(value: unknown): Word | undefined {
  if (typeof value === 'string') return { value, quoting: undefined };
  if (!isMap(value)) return undefined;
  const { value: inner, quoting } = value;
  const text = Array.isArray(inner) ? inner.join(' ') : inner;
  return typeof text === 'string'
    ? { value: text, quoting: typeof quoting === 'string' ? quoting : undefined }
    : undefined;
}

/** As VS Code quotes arguments: one with white space, or that asks for quotes, is one word. */
function isOneWord({ value, quoting }: Word): boolean {
  return quoting !== undefined || value === '' || (/[\s$]/u.test(value) && !/^(['"]).*\1$/u.test(value));
}

function envOf(options: Definition, expand: Expander): Readonly<Record<string, string>> {
  const { env } = options;
  if (!isMap(env)) return {};
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, expand(value)]] : [],
    ),
  );
}

export function isMap(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
