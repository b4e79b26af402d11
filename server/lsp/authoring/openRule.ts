import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { AuthoringFile } from '../../engine/authoring/authoringFile.ts';
import { createLineMap, type LineMap } from '../../engine/documents/lineMap.ts';
import type { Engine } from '../../engine/engine.ts';
import { createWorkspacePaths } from '../../engine/rules/globs/workspacePaths.ts';
import { parseRuleDocument } from '../../engine/rules/parseRuleDocument.ts';
import type { RuleDocument } from '../../engine/rules/rule.ts';
import { builtinPath, isRulePath } from '../../engine/rules/rulePaths.ts';
import { uriOf, type Folders } from '../folders.ts';

export interface OpenRuleParts {
  readonly engine: Engine;
  readonly documents: TextDocuments<TextDocument>;
  readonly folders: Folders;
}

/** A rule file in an editor, as it is typed now. */
export interface OpenRule extends AuthoringFile {
  readonly root: string;
  readonly uri: string;
  readonly lines: LineMap;
}

const noPaths = createWorkspacePaths([]);

/** undefined for what is no rule file of an open folder. Reads no file: all that it needs is known or was typed. */
export function openRule({ engine, documents, folders }: OpenRuleParts, uri: string): OpenRule | undefined {
  const placed = folders.place(uri);
  const typed = documents.get(uri);
  if (placed === undefined || typed === undefined || !isRulePath(placed.path)) return undefined;
  const { root, path } = placed;
  const catalog = engine.ruleCatalog(root, 'typed');
  const known = catalog?.document(path);
  if (catalog === undefined) return undefined;
  const text = typed.getText();
  const document = known?.text === text ? known : parseRuleDocument(path, text);
  const workspace = engine.workspacePaths(root)?.known() ?? noPaths;
  return { root, uri, document, catalog, workspace, lines: linesOf(document) };
}

/** As `openRule`, when the files of its folder are listed; they are listed once. Rejects when the signal aborts. */
export async function openRuleWithPaths(
  parts: OpenRuleParts,
  uri: string,
  signal: AbortSignal,
): Promise<OpenRule | undefined> {
  const placed = parts.folders.place(uri);
  if (placed !== undefined && isRulePath(placed.path))
    await parts.engine.workspacePaths(placed.root)?.load(signal);
  return openRule(parts, uri);
}

/** The library lies in no folder: the extension shows its rules under their own names. */
export function ruleUri(root: string, path: string): string {
  return path.startsWith(builtinPath('')) ? path : uriOf(root, path);
}

// Asked for by every feature between two keystrokes.
const linesByDocument = new WeakMap<RuleDocument, LineMap>();

export function linesOf(document: RuleDocument): LineMap {
  const known = linesByDocument.get(document) ?? createLineMap(document.text);
  linesByDocument.set(document, known);
  return known;
}
