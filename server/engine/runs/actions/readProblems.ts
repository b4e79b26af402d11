import type { Finding, Range } from '../../../protocol/text.ts';
import type { MatcherWish } from '../../rules/rule.ts';
import type { FileLocation, Matcher } from '../../rules/matchers/matcher.ts';
import { readMatcher } from '../../rules/matchers/readMatcher.ts';
import { resolveInside } from '../../safety/pathJail.ts';
import { createRedactor } from '../../safety/redact.ts';
import type { ActionScope } from './actionScope.ts';
import { matchProblems, type ReadProblem } from './matchProblems.ts';
import type { ReadOutput } from './runCommands.ts';

const mask = createRedactor([]);

/** Reads the output of commands with the matchers of an action; what names no file of the folder is left out. */
export function readProblems(
  { deps, root, signal }: ActionScope,
  wishes: readonly MatcherWish[] | undefined,
): ReadOutput {
  return async (printed, { seenAs, cwd }) => {
    if (wishes === undefined) return {};
    const matchers = wishes.flatMap((wish): readonly Matcher[] => {
      const read = readMatcher(wish.form === 'name' ? wish.name.value : wish.value);
      if ('fault' in read) deps.log.warn(read.fault);
      return 'fault' in read ? [] : [read];
    });
    const pause = (): Promise<unknown> => deps.clock.sleep(0, signal);
    const { problems, faults } = await matchProblems(matchers, printed, {
      patterns: deps.patterns,
      signal,
      pause,
    });
    for (const fault of faults) deps.log.warn(fault);
    const known = new Map<string, Promise<boolean>>();
    const findings: Finding[] = [];
    for (const problem of problems) {
      const path = pathOf(problem, { root, seenAs, cwd });
      if (path === undefined) continue;
      const isThere = known.get(path) ?? deps.files.exists(root, path, signal);
      known.set(path, isThere);
      if (await isThere) findings.push(findingOf(problem, path));
    }
    return { findings };
  };
}

interface Places {
  readonly root: string;
  readonly seenAs: string;
  readonly cwd: string;
}

/** The path relative to the workspace folder; undefined where it leads out of it. */
function pathOf({ file, matcher }: ReadProblem, places: Places): string | undefined {
  const plain = file.replaceAll('\\', '/').replace(/^file:\/\//u, '');
  const isAbsolute = /^(?:\/|[A-Za-z]:\/)/u.test(plain);
  if (isAbsolute !== (matcher.location.kind === 'absolute') && matcher.location.kind === 'absolute')
    return undefined;
  const whole = isAbsolute ? plain : `${folderOf(matcher.location, places)}/${plain}`;
  const inside = [places.root, places.seenAs]
    .map((root) => root.replaceAll('\\', '/').replace(/\/$/u, ''))
    .find((root) => whole.startsWith(`${root}/`));
  if (inside === undefined) return undefined;
  const jailed = resolveInside(whole.slice(inside.length + 1));
  return jailed.kind === 'inside' ? jailed.path : undefined;
}

function folderOf({ base }: FileLocation, { seenAs, cwd }: Places): string {
  return base === undefined || base === '' ? (base === '' ? seenAs : cwd) : `${seenAs}/${base}`;
}

function findingOf({ matcher, severity, code, message, ...at }: ReadProblem, path: string): Finding {
  return { path, range: rangeOf(at), severity, code: code ?? matcher.name, message: mask(message) };
}

/** Tools count from one. Without an end it is what stands from the column to the end of the line. */
function rangeOf({ line = 1, column, endLine, endColumn }: Partial<ReadProblem>): Range {
  const start = { line: Math.max(0, line - 1), character: Math.max(0, (column ?? 1) - 1) };
  const end = { line: Math.max(0, (endLine ?? line) - 1), character: Math.max(0, (endColumn ?? 1_001) - 1) };
  const isForward = end.line > start.line || (end.line === start.line && end.character > start.character);
  return { start, end: isForward ? end : { line: start.line, character: start.character + 1_000 } };
}
