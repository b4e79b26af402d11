import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { Syntax, SyntaxNode } from '../../ports/syntax.ts';
import { codeOfTree } from '../../triggers/trivial/codeOfTree.ts';
import { commentSyntaxOf } from '../../triggers/trivial/commentSyntax.ts';
import { isTrivialChange } from '../../triggers/trivial/isTrivialChange.ts';
import { languageOf } from '../../triggers/filters/languageOf.ts';
import type { Refusal } from './refusal.ts';

/** What is prose as a whole. */
const prose = /\.(?:md|markdown|rst|adoc|txt)$/iu;

/** Whether comments of a file can be told from its code. */
export async function canCompare(
  syntax: Syntax,
  file: { readonly path: string; readonly text: string },
  signal: AbortSignal,
): Promise<boolean> {
  if (prose.test(file.path) || commentSyntaxOf(languageOf(file.path)) !== undefined) return true;
  return (await codeOf(syntax, file, signal)) !== undefined;
}

/** Why an edit is more than documentation: it changes code, or comments that tools read. */
export async function inspectDocumented(
  syntax: Syntax,
  files: readonly ProposedFile[],
  signal: AbortSignal,
): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = [];
  for (const { path, before = '', after = '' } of files) {
    if (prose.test(path)) continue;
    const [old, now] = await Promise.all(
      [before, after].map((text) => codeOf(syntax, { path, text }, signal)),
    );
    const isSame =
      old === undefined || now === undefined ? isTrivialChange(path, before, after) : old === now;
    const reason = isSame
      ? findDirective(before, after)
      : 'the edit changes code; change comments and docstrings alone and leave every other character';
    if (reason !== undefined) refusals.push({ gate: 'document', path, reason });
  }
  return refusals;
}

/** The code alone, without comments and docstrings; undefined: there is no grammar, or it does not parse everywhere. */
async function codeOf(
  syntax: Syntax,
  { path, text }: { readonly path: string; readonly text: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  const parsed = await syntax.parse({ path, text }, signal);
  if (parsed.kind === 'none') return undefined;
  const root = parsed.language === 'python' ? withoutDocstrings(parsed.root, undefined) : parsed.root;
  return codeOfTree(root, text, parsed.language);
}

const aScope = /^(?:class_definition|function_definition)$/;
const maxDepth = 400;

/** Docstrings as comments. A string with code in it is none. */
function withoutDocstrings(node: SyntaxNode, above: SyntaxNode | undefined, depth = 0): SyntaxNode {
  if (depth > maxDepth) return node;
  const isBody =
    node.type === 'module' || (node.type === 'block' && above !== undefined && aScope.test(above.type));
  const first = isBody ? node.children.find(({ type }) => type !== 'comment') : undefined;
  const children = node.children.map((child) =>
    child === first && isDocstring(child)
      ? { ...child, type: 'comment' }
      : withoutDocstrings(child, node, depth + 1),
  );
  return { ...node, children };
}

function isDocstring({ type, children }: SyntaxNode): boolean {
  const [only, ...more] = children;
  if (type !== 'expression_statement' || only?.type !== 'string' || more.length > 0) return false;
  return only.children.every((part) => part.type !== 'interpolation');
}

/** Comments that linters, type checkers, compilers and coverage read. */
const directive =
  /@ts-(?:ignore|expect-error|nocheck|check)|\b(?:eslint|oxlint|tslint|jshint|jslint|biome|prettier|istanbul|stylelint)[- ]?(?:disable|enable|ignore|env)?|\b[cv]8 (?:ignore|start|stop)|\btype:\s*ignore|\bnoqa\b|\bpragma\b|\b(?:pylint|mypy|ruff|pyright|fmt|isort|yapf|flake8|codespell|bandit)\s*:|\bnosec\b|\bNOSONAR\b|\bnolint\b|\bcodegen-lab-ignore|\bwebpack\w*:|@vite-ignore|@jsx\w*\b|@flow\b|sourceMappingURL|^\s*\/\/\/\s*<|\bgo:\w+|\+build\b|\bSPDX-/i;

function findDirective(before: string, after: string): string | undefined {
  const old = linesOf(before);
  const now = linesOf(after);
  const added = now.find((line) => directive.test(line) && count(now, line) > count(old, line));
  if (added !== undefined)
    return `the line "${added.slice(0, 80)}" holds a comment that a tool reads; write none of those`;
  const gone = old.find((line) => directive.test(line) && count(now, line) < count(old, line));
  return gone === undefined
    ? undefined
    : `the line "${gone.slice(0, 80)}" holds a comment that a tool reads, and is gone; leave it as it is`;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).map((line) => line.trim());
}

function count(lines: readonly string[], line: string): number {
  return lines.filter((each) => each === line).length;
}
