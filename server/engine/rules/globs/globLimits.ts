/** Longest glob that is read, in UTF-16 units. */
const maxGlobLength = 1024;
/** Most plain patterns that the braces of one glob may stand for. */
export const maxExpansions = 256;
/** Most `*` in one glob. */
const maxStars = 64;

/** Why the glob cannot be used, in words for its author; undefined when it can. `!` and `/` at its start are fine. */
export function findGlobFault(glob: string): string | undefined {
  if (glob.length > maxGlobLength) return `is longer than ${maxGlobLength} characters`;
  if (/[@!+?*]\(/.test(glob)) return 'uses an extended pattern such as `!(…)`: write two globs, or `{a,b}`';
  const pattern = glob.replace(/^!/, '').replace(/^\//, '');
  return findEscape(pattern) ?? findSyntaxFault(pattern) ?? findExcess(pattern);
}

function findEscape(pattern: string): string | undefined {
  if (pattern === '') return 'is empty';
  if (/[\0\n\r]/.test(pattern)) return 'holds a control character';
  if (/^(?:[A-Za-z]:[\\/]|file:|\\\\|\/)/.test(pattern))
    return 'is an absolute path: write it from the folder of the rule';
  if (/^~(?:[\\/]|$)/.test(pattern))
    return 'points to the home folder: a rule sees only its own workspace folder';
  if (/(?:^|[\\/{,])\.\.(?:[\\/},]|$)/.test(pattern))
    return 'leaves the folder with `..`: a rule sees only its own folder';
  return undefined;
}

function findSyntaxFault(pattern: string): string | undefined {
  if (pattern.startsWith('!')) return 'begins with `!!`';
  if (pattern.endsWith('\\')) return 'ends with a `\\` that escapes nothing';
  return findUnbalanced(pattern);
}

function findUnbalanced(pattern: string): string | undefined {
  let braces = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === '\\') at += 1;
    else if (character === '{') braces += 1;
    else if (character === '}') braces -= 1;
    else if (character === '[') {
      const end = findClassEnd(pattern, at);
      if (end === undefined) return 'has a `[` without its `]`';
      at = end;
    }
    if (braces < 0) return 'has a `}` without its `{`';
  }
  return braces > 0 ? 'has a `{` without its `}`' : undefined;
}

/** Offset of the `]` that closes the class opened at `open`; undefined when the folder ends first. */
export function findClassEnd(pattern: string, open: number): number | undefined {
  const negation = pattern[open + 1] === '!' || pattern[open + 1] === '^' ? 1 : 0;
  for (let at = open + 1 + negation; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === '/') return undefined;
    if (character === '\\') at += 1;
    else if (character === ']' && at > open + 1 + negation) return at;
  }
  return undefined;
}

function findExcess(pattern: string): string | undefined {
  if (pattern.split('*').length - 1 > maxStars) return `has more than ${maxStars} \`*\``;
  return undefined;
}
