import { createWorkspacePaths, type WorkspacePaths } from '../globs/workspacePaths.ts';
import type { RuleDocument, RuleProblem } from '../rule.ts';
import { isLivePath } from '../rulePaths.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import {
  applySeverities,
  defaultProblemSettings,
  type ProblemSettings,
} from '../severities/problemSettings.ts';
import { applySuppressions } from '../suppression/applySuppressions.ts';
import { capRepeats } from './capRepeats.ts';
import { folderChecks } from './folderChecks.ts';
import { resolvedReferences } from './resolvedReferences.ts';
import { rulePeersOf, type RulePeers } from './rulePeers.ts';

/** What problems depend on beside the rules. */
export interface ProblemView {
  readonly paths: WorkspacePaths;
  readonly settings: ProblemSettings;
  /** Whether the rules of a file guide and fire; without it by the path alone, whatever folders the user named. */
  readonly isLive?: (path: string) => boolean;
}

/** Of a folder whose files nobody has listed, shown as problems are by themselves. */
export const plainView: ProblemView = {
  paths: createWorkspacePaths([]),
  settings: defaultProblemSettings,
};

export interface ProblemContext extends ProblemView {
  readonly catalog: RuleCatalog;
}

/**
 * The problems of a rule file as they are shown, in source order: those of its own text, which were found when it was
 * read, and those that other rules and the files of the folder show; without what comments and settings silence.
 */
export function problemsOf(
  document: RuleDocument,
  { catalog, paths, settings, isLive = isLivePath }: ProblemContext,
): readonly RuleProblem[] {
  const references = resolvedReferences(catalog, document.path);
  const view = {
    document,
    catalog,
    paths,
    isLive,
    references,
    peers: onlyLive(rulePeersOf(catalog), isLive),
  };
  const found = folderChecks.flatMap((check) => check(view));
  const all = found.length === 0 ? document.problems : mergeProblems(document.problems, found);
  return shownProblems(document, all, settings);
}

/** Of what was found in a file: without what comments and settings silence, in source order, and no hint without end. */
export function shownProblems(
  document: RuleDocument,
  found: readonly RuleProblem[],
  settings: ProblemSettings,
): readonly RuleProblem[] {
  return capRepeats(sortProblems(applySeverities(applySuppressions(document, found), settings)));
}

/** Which files are live is a setting, and the index outlives it. */
function onlyLive(peers: RulePeers, isLive: (path: string) => boolean): RulePeers {
  return { find: (key) => peers.find(key).filter(({ rule }) => isLive(rule.path)) };
}

/** What a folder shows says more than the text alone did: of two with one code at one place it stays. */
function mergeProblems(own: readonly RuleProblem[], found: readonly RuleProblem[]): readonly RuleProblem[] {
  const places = new Set(found.map(placeOf));
  const unique = new Map(found.map((problem) => [`${placeOf(problem)} ${problem.message}`, problem]));
  return [...own.filter((problem) => !places.has(placeOf(problem))), ...unique.values()];
}

function placeOf({ code, span }: RuleProblem): string {
  return `${code} ${span.start} ${span.end}`;
}

function sortProblems(problems: readonly RuleProblem[]): readonly RuleProblem[] {
  return problems.toSorted(
    (left, right) => left.span.start - right.span.start || left.span.end - right.span.end,
  );
}
