import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { DependencyChange } from './findDependencyChanges.ts';

interface Sign {
  readonly form: RegExp;
  readonly where: RegExp;
  readonly tell: (found: string) => string;
}

const between = String.raw`[\s"',[\]\x60]+`;
const installing = [
  String.raw`(?:pip3?|pipx|uv|conda|npm|pnpm|yarn|bun|gem|cargo|go|apt|apt-get|brew)${between}(?:install|add|i|get|ci)\b`,
  String.raw`python3?\s+-m\s+pip\s+install\b`,
  String.raw`npx${between}(?:-y|--yes)\b`,
].join('|');

function tellInstalling(found: string): string {
  return `It installs packages when it runs: \`${found.replaceAll(/[\s"',[\]\x60]+/gu, ' ')}\`.`;
}

const scripts = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/u;

const signs: readonly Sign[] = [
  {
    // A command in quotes, or in an argument list: `"pip install x"`, `['npm', 'install', 'x']`, `-m", "pip", "install`. Not in
    // the middle of a sentence, which only tells people what to type.
    form: new RegExp(String.raw`(?:["'\x60]|&&|;|\bsudo\s)\s*(${installing})`, 'u'),
    where: /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|py|rb|go|rs|java|kt|php)$/u,
    tell: tellInstalling,
  },
  {
    form: new RegExp(String.raw`(?:^|&&|;|\||\b(?:sudo|then|do|else)\s)\s*(${installing})`, 'u'),
    where: /\.(?:sh|bash|ps1)$/u,
    tell: tellInstalling,
  },
  {
    form: /\b(?:from|import|require)\s*\(?\s*["'](https?:\/\/[^"'\s]+)["']/u,
    where: scripts,
    tell: (found) => `It loads code from an address: ${found}.`,
  },
  {
    form: /\b(?:from|import)\s*\(?\s*["']((?:npm|jsr):[^"'\s]+)["']/u,
    where: scripts,
    tell: (found) => `It loads a package that no manifest names: ${found}.`,
  },
  {
    form: /^#\s*\/\/\/ script\s*$|^#\s*(dependencies\s*=.*)$/u,
    where: /\.py$/u,
    tell: (found) =>
      `It declares what a runner of scripts installs for it: ${found === '' ? '# /// script' : found}.`,
  },
];

/** Lines of sources that were not there before and that install something, or load it from elsewhere. Pure. */
export function findInstallingCode(files: readonly ProposedFile[]): readonly DependencyChange[] {
  return files.flatMap(({ path, before = '', after }) => {
    const asked = after === undefined ? [] : signs.filter(({ where }) => where.test(path));
    if (after === undefined || asked.length === 0) return [];
    const known = new Set(before.split(/\r\n|\r|\n/u).map((line) => line.trim()));
    return after.split(/\r\n|\r|\n/u).flatMap((text, line): readonly DependencyChange[] => {
      if (known.has(text.trim()) || text.length > maxLength || isComment(path, text)) return [];
      for (const { form, tell } of asked) {
        const found = form.exec(text);
        if (found !== null)
          return [{ path, line, kind: 'dependency', message: tell(found[1] ?? ''), isGrave: true }];
      }
      return [];
    });
  });
}

const maxLength = 2_000;

/** What a comment tells people to install is not run; Python's script block is a comment that is obeyed. */
function isComment(path: string, text: string): boolean {
  const written = text.trim();
  if (path.endsWith('.py'))
    return written.startsWith('#') && !/^#\s*(?:\/\/\/ script|dependencies\s*=)/u.test(written);
  return (
    /^(?:\/\/|\*|\/\*)/u.test(written) || (/\.(?:sh|bash|rb|ps1)$/u.test(path) && written.startsWith('#'))
  );
}
