import { displayOf } from '../actions/expandCommand.ts';
import { inFolder, type NamedTask, type ReadText, type TaskCommand } from './namedTask.ts';
import { parseJsonc } from '../../documents/parseJsonc.ts';
import { isMap } from './vscodeTasks.ts';

/** Scripts of a `package.json`, by the package manager that the folder uses. */
export async function findNpmScripts(folder: string, read: ReadText): Promise<readonly NamedTask[]> {
  const text = await read(inFolder(folder, 'package.json'));
  const manifest = text === undefined ? undefined : parseJsonc(text);
  if (!isMap(manifest) || !isMap(manifest['scripts'])) return [];
  const { scripts } = manifest;
  const manager = await packageManager(folder, manifest, read);
  return Object.entries(scripts).flatMap(([name, script]): readonly NamedTask[] => {
    if (typeof script !== 'string') return [];
    // The manager runs these around it.
    const around = [`pre${name}`, name, `post${name}`].flatMap((each) => {
      const body = scripts[each];
      return typeof body === 'string' ? [`${each}: ${body}`] : [];
    });
    const command = commandOf([manager, 'run', name], folder);
    return [{ kind: 'npm', name, text: around.join('\n'), run: { commands: [command] }, matchers: [] }];
  });
}

async function packageManager(
  folder: string,
  manifest: Readonly<Record<string, unknown>>,
  read: ReadText,
): Promise<string> {
  const wish = manifest['packageManager'];
  const named = typeof wish === 'string' ? /^(npm|pnpm|yarn|bun)@/u.exec(wish)?.[1] : undefined;
  if (named !== undefined) return named;
  for (const [lock, manager] of locks) if ((await read(inFolder(folder, lock))) !== undefined) return manager;
  return 'npm';
}

const locks = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
] as const;

/** Targets of a makefile, those with a pattern or a variable in their name left out. */
export async function findMakeTargets(folder: string, read: ReadText): Promise<readonly NamedTask[]> {
  for (const file of ['GNUmakefile', 'makefile', 'Makefile']) {
    const text = await read(inFolder(folder, file));
    if (text !== undefined) return targetsOf(text, folder);
  }
  return [];
}

function targetsOf(text: string, folder: string): readonly NamedTask[] {
  const tasks = new Map<string, NamedTask>();
  for (const { head, block } of sections(text, /^[^\s#:=][^:=#\n]*:(?![:=])/u)) {
    for (const name of head.split(':', 1)[0]?.trim().split(/\s+/u) ?? []) {
      if (name.startsWith('.') || /[%$(){}]/u.test(name)) continue;
      const earlier = tasks.get(name);
      const whole = earlier === undefined ? block : `${earlier.text}\n${block}`;
      const run = { commands: [commandOf(['make', name], folder)] };
      tasks.set(name, { kind: 'make', name, text: whole, run, matchers: [] });
    }
  }
  return [...tasks.values()];
}

/** Recipes of a justfile that need no argument. */
export async function findJustRecipes(folder: string, read: ReadText): Promise<readonly NamedTask[]> {
  for (const file of ['justfile', 'Justfile', '.justfile']) {
    const text = await read(inFolder(folder, file));
    if (text === undefined) continue;
    return sections(text, /^@?[A-Za-z_][\w-]*(?:\s[^:\n]*)?:(?!=)/u).flatMap(
      ({ head, block }): readonly NamedTask[] => {
        const [name = '', ...parameters] =
          head.replace(/^@/u, '').split(':', 1)[0]?.trim().split(/\s+/u) ?? [];
        const needs = parameters.filter((each) => !each.includes('=') && !each.startsWith('*'));
        const run =
          needs.length === 0
            ? { commands: [commandOf(['just', name], folder)] }
            : {
                obstacle: `The recipe ${name} needs ${needs.join(', ')}; write it as \`run\` with its arguments.`,
              };
        return [{ kind: 'just', name, text: block, run, matchers: [] }];
      },
    );
  }
  return [];
}

/** Parts of a file that begin with a line that `begins` takes and end before the next one, or before text at the margin. */
function sections(
  text: string,
  begins: RegExp,
): readonly { readonly head: string; readonly block: string }[] {
  const found: { head: string; lines: string[] }[] = [];
  let open = false;
  for (const line of text.split(/\r?\n/u)) {
    if (begins.test(line)) {
      found.push({ head: line, lines: [line] });
      open = true;
    } else if (open && (/^\s/u.test(line) || line === '')) found.at(-1)?.lines.push(line);
    else if (!line.startsWith('#')) open = false;
  }
  return found.map(({ head, lines }) => ({ head, block: lines.join('\n').trimEnd() }));
}

export function commandOf(argv: readonly [string, ...string[]], folder: string): TaskCommand {
  return { argv, display: displayOf(argv), folder, env: {} };
}
