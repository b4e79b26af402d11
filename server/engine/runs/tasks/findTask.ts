import { nearestWord } from '../../rules/vocabulary/nearestWord.ts';
import type { NamedTask, ReadText, TaskKind } from './namedTask.ts';
import { findPyprojectScripts } from './pyprojectTasks.ts';
import { findJustRecipes, findMakeTargets, findNpmScripts } from './scriptTasks.ts';
import { findVscodeTasks, type TaskPlace } from './vscodeTasks.ts';

export type FoundTask =
  | { readonly kind: 'found'; readonly task: NamedTask }
  /** A sentence. */
  | { readonly kind: 'none'; readonly message: string };

const kinds: readonly TaskKind[] = ['vscode', 'npm', 'make', 'just', 'pyproject'];
const maxNamed = 12;

/**
 * The task with a name: looked for in the rule's folder, then in those above it up to the workspace folder; the nearest one
 * that has it. Tasks of the editor are the workspace folder's. `npm:build` and the like say which kind is meant.
 */
export async function findTask(
  written: string,
  folder: string,
  read: ReadText,
  place: TaskPlace,
): Promise<FoundTask> {
  const [, prefix, rest] = /^(vscode|npm|make|just|pyproject):\s*(.+)$/u.exec(written) ?? [];
  const kind = kinds.find((each) => each === prefix);
  const known: NamedTask[] = [];
  for (const each of foldersUp(folder)) {
    const tasks = await tasksOf(each, read, place);
    known.push(...tasks);
    // VS Code calls a script `npm: build` itself, so the whole name comes first.
    const whole = tasks.filter(({ name }) => name === written);
    const found =
      whole.length > 0 || rest === undefined
        ? whole
        : tasks.filter((task) => task.kind === kind && task.name === rest);
    const [only] = found;
    if (only !== undefined && found.length === 1) return { kind: 'found', task: only };
    if (found.length > 1) {
      const names = found.map((task) => `\`${task.kind}:${task.name}\``).join(', ');
      return {
        kind: 'none',
        message: `Several tasks are called \`${written}\`. Write which one is meant: ${names}.`,
      };
    }
  }
  return { kind: 'none', message: explainMissing(written, rest ?? written, known) };
}

async function tasksOf(folder: string, read: ReadText, place: TaskPlace): Promise<readonly NamedTask[]> {
  const found = await Promise.all([
    folder === '' ? findVscodeTasks(read, place) : [],
    findNpmScripts(folder, read),
    findMakeTargets(folder, read),
    findJustRecipes(folder, read),
    findPyprojectScripts(folder, read),
  ]);
  return found.flat();
}

function foldersUp(folder: string): readonly string[] {
  const names = folder === '' ? [] : folder.split('/');
  return [...names.keys()].map((at) => names.slice(0, names.length - at).join('/')).concat('');
}

function explainMissing(written: string, name: string, known: readonly NamedTask[]): string {
  if (known.length === 0)
    return `There is no task \`${written}\`: no .vscode/tasks.json, package.json, makefile, justfile or pyproject.toml here names any.`;
  const near = nearestWord(
    name,
    known.map((task) => task.name),
  );
  const shown = known.slice(0, maxNamed).map((task) => `\`${task.kind}:${task.name}\``);
  const more = known.length > maxNamed ? ` and ${known.length - maxNamed} more` : '';
  const meant = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  return `There is no task \`${written}\`.${meant} Known are ${shown.join(', ')}${more}.`;
}
