const begin = '# codegen-lab hooks: begin';
const end = '# codegen-lab hooks: end';
const shebang = '#!/bin/sh\n';

export type HookChange =
  | { readonly kind: 'text'; readonly text: string }
  /** A sentence, without the name of the file. */
  | { readonly kind: 'refused'; readonly reason: string };

export function holdsBlock(text: string | undefined): boolean {
  return text?.includes(begin) === true;
}

/**
 * A hook with our check in it, before everything else, since what follows may end the hook. The rest stays to the byte. In a
 * hook that has one already it is renewed. `folder`: the workspace folder as seen from the top of the repository.
 */
export function addBlock(text: string | undefined, folder: string): HookChange {
  if (text === undefined || text === '') return { kind: 'text', text: shebang + renderBlock(folder, '\n') };
  const bare = removeBlock(text);
  const first = /^#!.*\r?\n?/.exec(bare)?.[0] ?? '';
  if (isProgram(bare) || (first !== '' && !/\b(?:ba|da|z|k|a)?sh\b/.test(first)))
    return { kind: 'refused', reason: 'is no shell script; call “codegen-lab check --staged” in it' };
  const lineBreak = first.endsWith('\r\n') ? '\r\n' : '\n';
  const head = first === '' || first.endsWith('\n') ? first : `${first}\n`;
  return { kind: 'text', text: head + renderBlock(folder, lineBreak) + bare.slice(first.length) };
}

/** Compiled, not written: it holds what no script does. */
function isProgram(text: string): boolean {
  return text.startsWith('\u007fELF') || /[\u0000\ufffd]/.test(text);
}

/** Without our check; undefined when nothing is left that does anything. */
export function withoutBlock(text: string): string | undefined {
  const rest = removeBlock(text);
  return rest.trim() === shebang.trim() || rest.trim() === '' ? undefined : rest;
}

function removeBlock(text: string): string {
  const start = text.indexOf(begin);
  const stop = start < 0 ? -1 : text.indexOf(end, start);
  if (stop < 0) return text;
  return text.slice(0, start) + text.slice(stop + end.length).replace(/^\r?\n/, '');
}

function renderBlock(folder: string, lineBreak: string): string {
  const root = folder === '' ? '' : ` --root ${quote(folder)}`;
  return [
    `${begin} (\`codegen-lab hooks remove\` takes it out)`,
    // What the project installed comes before what the machine has.
    `PATH="$PWD/node_modules/.bin:$PATH" codegen-lab check --staged${root} || exit $?`,
    end,
    '',
  ].join(lineBreak);
}

/** For a shell: nothing in it means anything. A leading `-` is none of an option. */
function quote(folder: string): string {
  return `'./${folder.replaceAll("'", String.raw`'\''`)}'`;
}
