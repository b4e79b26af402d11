import { inFolder, type NamedTask, type ReadText } from './namedTask.ts';
import { commandOf } from './scriptTasks.ts';

/** Where tools keep scripts in a `pyproject.toml`, and what runs one; undefined: it is a program of the project itself. */
const tables: readonly (readonly [table: string, runner: readonly [string, ...string[]] | undefined])[] = [
  ['project.scripts', undefined],
  ['tool.poetry.scripts', undefined],
  ['tool.poe.tasks', ['poe']],
  ['tool.pdm.scripts', ['pdm', 'run']],
  ['tool.taskipy.tasks', ['task']],
  ['tool.hatch.envs.default.scripts', ['hatch', 'run']],
  ['tool.rye.scripts', ['rye', 'run']],
];

/** Scripts of a `pyproject.toml`; in the environment of uv or Poetry where the project has its lock file. */
export async function findPyprojectScripts(folder: string, read: ReadText): Promise<readonly NamedTask[]> {
  const text = await read(inFolder(folder, 'pyproject.toml'));
  if (text === undefined) return [];
  const written = readTables(text);
  const inside = await environmentOf(folder, read);
  return tables.flatMap(([table, runner]) =>
    [...(written.get(table) ?? [])].map(([name, value]): NamedTask => {
      // pdm, hatch and rye know their own environments.
      const before = runner === undefined || runner[0] === 'poe' || runner[0] === 'task' ? inside : [];
      const [program, ...rest] = [...before, ...(runner ?? []), name];
      const commands = program === undefined ? [] : [commandOf([program, ...rest], folder)];
      return { kind: 'pyproject', name, text: `${table}: ${value}`, run: { commands }, matchers: [] };
    }),
  );
}

async function environmentOf(folder: string, read: ReadText): Promise<readonly string[]> {
  if ((await read(inFolder(folder, 'uv.lock'))) !== undefined) return ['uv', 'run'];
  return (await read(inFolder(folder, 'poetry.lock'))) === undefined ? [] : ['poetry', 'run'];
}

/**
 * Names and raw values of the tables. `[tool.poe.tasks.build]` is the script `build`; a line that begins no value belongs to
 * the one before.
 */
function readTables(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  // The script that a table is about, and else the one whose value goes on.
  let [table, whole, last] = ['', '', ''];
  const add = (name: string, value: string): void => {
    const entries = found.get(table) ?? new Map<string, string>();
    const before = entries.get(name);
    found.set(table, entries.set(name, before === undefined ? value : `${before}\n${value}`));
  };
  for (const line of text.split(/\r?\n/u)) {
    const header = /^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$/u.exec(line)?.[1]?.replaceAll(/["'\s]/gu, '');
    const entry = whole === '' ? /^\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*=\s*(.+)$/u.exec(line) : null;
    if (header !== undefined) {
      const parent = tables.map(([name]) => name).find((name) => header.startsWith(`${name}.`));
      [table, whole, last] = [
        parent ?? header,
        parent === undefined ? '' : header.slice(parent.length + 1),
        '',
      ];
      if (whole !== '') add(whole, '');
    } else if (entry !== null) {
      last = entry[1] ?? entry[2] ?? entry[3] ?? '';
      add(last, entry[4]?.trim() ?? '');
    } else if (line.trim() !== '' && !line.trim().startsWith('#')) {
      const name = whole === '' ? last : whole;
      if (name !== '') add(name, line.trim());
    }
  }
  return found;
}
