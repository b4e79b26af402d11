/** A TAP document of version 12, 13 or 14. */
export interface TapDocument {
  readonly points: readonly TapPoint[];
  /** How many points there have to be; undefined: it does not say, so that it is not whole. */
  readonly planned: number | undefined;
  /** Why the producer gave up. */
  readonly bailedOut: string | undefined;
}

/** `ok` or `not ok`, with what stands before and below it. */
export interface TapPoint {
  readonly isOk: boolean;
  readonly description: string;
  readonly directive: 'skip' | 'todo' | undefined;
  /** The comment that it stands under, as producers without subtests name tests. */
  readonly heading: string;
  /** Lines of the YAML block below it. */
  readonly diagnostics: string;
  /** Points of the subtest that it ends. */
  readonly children: readonly TapPoint[];
}

const point = /^(not )?ok\b(?: +\d+)?(?: +-)? ?(.*)$/u;
const plan = /^1\.\.(\d+)(?:\s*#.*)?$/u;
/** A hash that is escaped belongs to the description. */
const directive = /^(.*?)(?:^|(?<=[^\\]))# *(skip|todo)\b:? *(.*)$/iu;

interface Level {
  readonly points: TapPoint[];
  planned: number | undefined;
  heading: string;
  children: readonly TapPoint[];
}

/** Never throws; lines that are no TAP are what a test printed, and are passed over. */
export function parseTap(text: string): TapDocument {
  const levels: Level[] = [newLevel()];
  let bailedOut: string | undefined;
  const lines = text.split(/\r?\n/u);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const depth = Math.min(/^(?: {4})*/u.exec(line)?.[0].length ?? 0, 400) / 4;
    const rest = line.slice(depth * 4);
    const [, reason] = /^Bail out!\s*(.*)$/u.exec(rest) ?? [];
    if (reason !== undefined) bailedOut ??= reason;
    if (!isTap(rest)) continue;
    moveTo(levels, depth);
    const level = levels.at(-1) ?? newLevel();
    const [, planned] = plan.exec(rest) ?? [];
    if (planned !== undefined) level.planned = Number(planned);
    const [, heading] = /^# (?:Subtest: |TODO )?(\S.*)$/u.exec(rest) ?? [];
    if (heading !== undefined) level.heading = unescapeHash(heading);
    const [whole, not, described = ''] = point.exec(rest) ?? [];
    if (whole === undefined) continue;
    const end = yamlEnd(lines, at + 1, depth);
    level.points.push(
      pointOf(described, {
        isOk: not === undefined,
        level,
        diagnostics: lines.slice(at + 2, end).join('\n'),
      }),
    );
    level.children = [];
    if (end > at + 1) at = end;
  }
  moveTo(levels, 0);
  return { points: levels[0]?.points ?? [], planned: levels[0]?.planned, bailedOut };
}

function newLevel(): Level {
  return { points: [], planned: undefined, heading: '', children: [] };
}

function isTap(rest: string): boolean {
  return point.test(rest) || plan.test(rest) || rest.startsWith('# ');
}

/** Goes to a level; what was deeper is the subtest of the next point there. */
function moveTo(levels: Level[], depth: number): void {
  while (levels.length - 1 < depth) levels.push(newLevel());
  while (levels.length - 1 > depth) {
    const inner = levels.pop();
    const outer = levels.at(-1);
    if (inner && outer) outer.children = inner.points;
  }
}

function pointOf(
  described: string,
  {
    isOk,
    level,
    diagnostics,
  }: { readonly isOk: boolean; readonly level: Level; readonly diagnostics: string },
): TapPoint {
  const [, before = '', word, reason = ''] = directive.exec(described) ?? [];
  return {
    isOk,
    // What is skipped as a whole has a reason and no name.
    description: unescapeHash(word === undefined ? described : before.trim() || reason),
    directive: word === undefined ? undefined : word.toLowerCase() === 'skip' ? 'skip' : 'todo',
    heading: level.heading,
    diagnostics,
    children: level.children,
  };
}

function unescapeHash(text: string): string {
  return text.trim().replace(/\\([#\\])/gu, '$1');
}

/** The line of `...` of a block that begins at `from`; `from` itself where there is none. */
function yamlEnd(lines: readonly string[], from: number, depth: number): number {
  const indent = `${' '.repeat(depth * 4)}  `;
  if (lines[from] !== `${indent}---`) return from;
  const end = lines.indexOf(`${indent}...`, from);
  return end < 0 ? from : end;
}
