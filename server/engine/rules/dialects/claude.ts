import type { Dialect } from './dialect.ts';
import type { DialectHeader } from './readHeader.ts';
import { placeNamed } from './dialectPaths.ts';
import { writeTextFiles } from './textFiles.ts';

/**
 * CLAUDE.md, `.claude/CLAUDE.md` and CLAUDE.local.md: plain Markdown without keys, in any folder; one below the top is read
 * when files there are. `@path` outside of code takes a file in, relative to the file that names it, at most five deep; `~`
 * is the person's home. Source: https://code.claude.com/docs/en/memory (locations, imports), as quoted at
 * https://smithery.ai/skills/yebot/memory-hierarchy and https://docs.rs/claude-agent (depth 5).
 */
export const claude: Dialect = {
  id: 'claude',
  label: 'CLAUDE.md',
  keys: [],
  place: (path) =>
    placeNamed(path, '.claude/CLAUDE.md', 'claude') ??
    placeNamed(path, 'CLAUDE.md', 'claude') ??
    placeNamed(path, 'CLAUDE.local.md', 'claude-local'),
  interpret: (header) => ({
    kind: 'always',
    globsKey: undefined,
    description: '',
    label: undefined,
    lost: findImports(header).map(
      (target) =>
        `\`@${target}\` is no longer taken in where it stands: write \`@include\` on a line of its own.`,
    ),
  }),
  convertBody: (body, { scope }) => includeImports(body, scope),
  write: (rules) => writeTextFiles(rules, 'CLAUDE.md', 'CLAUDE.md'),
};

/** Imports inside of a sentence or from the person's home; those on a line of their own become `@include`. */
function findImports({ reading, body }: DialectHeader): readonly string[] {
  const text = withoutCode(reading.text.slice(body.start, body.end));
  return [...text.matchAll(/(^|[ \t(])@((?:~\/|\.{0,2}\/)?[\w.-]+(?:\/[\w.-]+)*\.\w+)/gm)]
    .filter((match) => match[2]?.startsWith('~') === true || !isAlone(text, match.index, match[0]))
    .map((match) => match[2] ?? '');
}

const aloneImport = /^([ \t]*)@((?:\.{0,2}\/)?[\w.-]+(?:\/[\w.-]+)*\.\w+)(?=[ \t]*$)/gm;

/** Imports that stand alone, as includes from the workspace folder. */
function includeImports(body: string, scope: string): string {
  const code = withoutCode(body);
  return body.replace(aloneImport, (...[written, indent, target, at]: [string, string, string, number]) => {
    const isCode = code.slice(at, at + written.length) !== written;
    const path = isCode ? undefined : resolvePath(scope, target);
    return path === undefined ? written : `${indent}@include ${path}`;
  });
}

/** From the workspace folder; undefined when it lies outside. */
function resolvePath(folder: string, target: string): string | undefined {
  const names = target.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const name of target.split('/')) {
    if (name === '..' && names.pop() === undefined) return undefined;
    if (name !== '' && name !== '.' && name !== '..') names.push(name);
  }
  return names.join('/');
}

function isAlone(text: string, index: number, match: string): boolean {
  const before = /(?:^|[\n\r])[ \t]*$/.test(text.slice(0, index));
  const after = /^[ \t]*(?:[\n\r]|$)/.test(text.slice(index + match.length));
  return before && after;
}

/** Fences and spans of code blanked out: nothing in them is an import. */
function withoutCode(text: string): string {
  const blank = (code: string): string => code.replace(/[^\n\r]/g, ' ');
  return text
    .replace(/^ {0,3}(`{3,}|~{3,})[^]*?(?:^ {0,3}\1[`~]*[ \t]*$|$(?![^]))/gm, blank)
    .replace(/`[^`\n\r]+`/g, blank);
}
