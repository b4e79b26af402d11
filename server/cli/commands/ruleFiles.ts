import { createUnreadDocument, parseRuleDocument } from '../../engine/rules/parseRuleDocument.ts';
import { countAhead } from '../../engine/rules/globs/countAhead.ts';
import { problemsOf, shownProblems } from '../../engine/rules/checks/problemsOf.ts';
import { readProblemSettings } from '../../engine/rules/severities/problemSettings.ts';
import type { RuleDocument, RuleProblem } from '../../engine/rules/rule.ts';
import { isLivePath, isRulePath, readLiveFolders } from '../../engine/rules/rulePaths.ts';
import type { CommandContext } from '../commandContext.ts';
import type { PlacedFiles } from '../placeFiles.ts';

/** The rule files that a command works on, with what can be said about them. */
export interface RuleFiles {
  /** By path, in the order of its characters. */
  readonly documents: readonly RuleDocument[];
  /** In source order. For a document of the same path the text may be another one. */
  readonly problems: (document: RuleDocument) => readonly RuleProblem[];
}

/**
 * The named rule files, or all of the folder. Files that are named outside of any workspace are read alone: nobody wants
 * their home folder searched for other rules.
 */
export async function readRuleFiles(
  placed: PlacedFiles,
  context: CommandContext,
  signal: AbortSignal,
): Promise<RuleFiles | { readonly problem: string }> {
  const stranger = placed.files.find((path) => !isRulePath(path));
  if (stranger !== undefined)
    return {
      problem: `${stranger} is no rule file; those end in .mdc, or are called RULE.md or .cursorrules.`,
    };
  const isAlone = placed.files.length > 0 && placed.folders.length === 0 && !context.isWorkspace;
  return isAlone ? readAlone(placed.files, context, signal) : readFolder(placed, context, signal);
}

async function readAlone(
  paths: readonly string[],
  { files, root, settings }: CommandContext,
  signal: AbortSignal,
): Promise<RuleFiles> {
  const problemSettings = readProblemSettings(settings.rules.problems);
  const documents: RuleDocument[] = [];
  for (const path of [...new Set(paths)].toSorted()) {
    const read = await files.read(root, path, signal);
    documents.push(
      read.kind === 'text'
        ? parseRuleDocument(path, read.text)
        : createUnreadDocument(path, {
            code: 'rule.unreadable',
            message: 'This file cannot be read: it is no UTF-8 text, too large, or not there.',
          }),
    );
  }
  return { documents, problems: (document) => shownProblems(document, document.problems, problemSettings) };
}

async function readFolder(
  placed: PlacedFiles,
  { engine, root, settings }: CommandContext,
  signal: AbortSignal,
): Promise<RuleFiles> {
  await engine.openFolder(root, signal);
  const known = await engine.workspacePaths(root)?.load(signal);
  const catalog = engine.ruleCatalog(root, 'saved');
  const problemSettings = readProblemSettings(settings.rules.problems);
  const liveFolders = readLiveFolders(settings.rules.folders);
  const isLive = (path: string): boolean => isLivePath(path, liveFolders);
  const documents = engine.ruleDocuments(root).filter(({ path }) => isNamed(placed, path));
  const paths = known === undefined ? undefined : countAhead(known, documents);
  return {
    documents,
    problems: (document) =>
      catalog === undefined || paths === undefined
        ? shownProblems(document, document.problems, problemSettings)
        : problemsOf(document, { catalog, paths, settings: problemSettings, isLive }),
  };
}

function isNamed({ files, folders }: PlacedFiles, path: string): boolean {
  if (files.length === 0 && folders.length === 0) return true;
  return files.includes(path) || folders.some((folder) => folder === '' || path.startsWith(`${folder}/`));
}
