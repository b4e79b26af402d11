/** A file name that stands beside a fence. `weak`: mentioned in a sentence, so it may be about something else. */
export interface PathLabel {
  readonly path: string;
  readonly weak: boolean;
}

/** The path that a line before a fence or a block gives to it; undefined if it is an ordinary line. */
export function readPathLabel(line: string): PathLabel | undefined {
  if (line.length > 500) return undefined;
  const bare = stripDecoration(line);
  const quoted = /^(["'`])(.+)\1$/.exec(bare)?.[2];
  if (quoted !== undefined && looksLikePath(quoted, 'spaces')) return { path: quoted, weak: false };
  if (looksLikePath(bare)) return { path: bare, weak: false };

  const mentioned = new Set(Array.from(line.matchAll(/`([^`\s]+)`/g), (match) => match[1] ?? ''));
  const paths = [...mentioned].filter((text) => looksLikePath(text));
  const [path] = paths;
  return path !== undefined && paths.length === 1 ? { path, weak: true } : undefined;
}

/** The path in a fence's info string: `python tests/a.py`, `python:tests/a.py`, `js title="a.js"`, `tests/a.py`. */
export function readInfoPath(info: string): string | undefined {
  const named = /\b(?:title|file|filename|filepath|path|name)\s?[=:]\s?(?:"([^"]+)"|'([^']+)'|(\S+))/i.exec(
    info,
  );
  const value = named?.[1] ?? named?.[2] ?? named?.[3];
  if (value !== undefined && looksLikePath(value, 'spaces')) return value;
  for (const word of info.split(/\s+/)) {
    const afterLanguage = /^[A-Za-z+#]{1,20}:(.+)$/.exec(word)?.[1];
    if (
      afterLanguage !== undefined &&
      !/^file$/i.test(word.split(':')[0] ?? '') &&
      looksLikePath(afterLanguage)
    ) {
      return afterLanguage;
    }
    const plain = word.replace(/^[`"'(]+|[`"'),]+$/g, '');
    if (looksLikePath(plain)) return plain;
  }
  return undefined;
}

/** The path that the first line of a fence's content gives as a comment. */
export function readCommentPath(line: string): string | undefined {
  const match =
    /^\s*(?:\/\/|#|--|;|%|\/\*|<!--)\s*(?:(?:file|filename|filepath|path):\s*)?(\S+?)\s*(?:\*\/|-->)?\s*$/i.exec(
      line.slice(0, 500),
    );
  const path = match?.[1];
  return path !== undefined && /\.\w{1,10}$/.test(path) && looksLikePath(path) ? path : undefined;
}

/** Whether a fence of this language can hold this file; unknown languages can hold anything. */
export function isLanguageOf(info: string, path: string): boolean {
  const language = /^[\w+#-]+/.exec(info)?.[0].toLowerCase() ?? '';
  const extensions = extensionsOf.get(language);
  if (extensions === undefined) return true;
  return extensions.split(' ').includes(/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '');
}

const script = 'js mjs cjs jsx';
const typed = 'ts mts cts tsx';
const shell = 'sh bash zsh';
const extensionsOf: ReadonlyMap<string, string> = new Map([
  ...['python', 'py', 'python3', 'pytest'].map((name) => [name, 'py pyi'] as const),
  ...['javascript', 'js', 'mjs', 'cjs', 'jsx', 'node'].map((name) => [name, `${script} ${typed}`] as const),
  ...['typescript', 'ts', 'mts', 'cts', 'tsx'].map((name) => [name, `${typed} ${script}`] as const),
  ...['bash', 'sh', 'shell', 'zsh', 'console', 'shellsession', 'terminal'].map(
    (name) => [name, shell] as const,
  ),
  ['json', 'json jsonc'],
  ['markdown', 'md mdc markdown'],
  ['md', 'md mdc markdown'],
  ['go', 'go'],
  ['rust', 'rs'],
  ['html', 'html htm vue svelte'],
  ['css', 'css scss less'],
  ['yaml', 'yaml yml'],
  ['toml', 'toml'],
]);

const wellKnown = /(?:^|\/)(?:Makefile|Dockerfile|Jenkinsfile|Procfile|LICENSE|README|CHANGELOG)$/;

function looksLikePath(text: string, spaces: 'spaces' | 'none' = 'none'): boolean {
  if (text.length === 0 || text.length > 400 || /["`<>|*]|^\w{2,10}:\/\/(?!\/)/.test(text)) return false;
  const hasExtension = /[^\s./\\]\.[A-Za-z]\w{0,10}$/.test(text);
  if (/\s/.test(text)) return spaces === 'spaces' && hasExtension;
  return (
    hasExtension ||
    wellKnown.test(text) ||
    /^(?:\.{0,2}[/\\]|~|\.[A-Za-z]|[A-Za-z]:[/\\]|file:)[^\s]*\w$/.test(text)
  );
}

function stripDecoration(line: string): string {
  return line
    .trim()
    .replace(/^(?:#{1,6}|[-*+>]|\d{1,3}[.)])\s+/, '')
    .replace(/^(?:\/\/|<!--|\/\*)\s*/, '')
    .replace(/\s*(?:-->|\*\/)$/, '')
    .replace(/^\d{1,3}[.)]\s+/, '')
    .replace(/^[*_]{1,3}|[*_]{1,3}$/g, '')
    .replace(
      /^(?:new |updated? |modified )?(?:file|path|filename|file ?path|create|update|edit|modify)(?:\s?name)?(?::(?!\/\/)[*_]{0,2}\s*|\s+(?=[`"']))/i,
      '',
    )
    .replace(/\s*\((?:new|new file|updated|modified|existing|created?)\)(?=:?$)/i, '')
    .replace(/:$/, '')
    .replace(/^[*_]{1,3}|[*_]{1,3}$/g, '')
    .replace(/:$/, '')
    .trim();
}
