import type { GrammarLanguage, SyntaxNode } from '../../ports/syntax.ts';
import { importedNames, resolveName } from '../candidates/hygiene/importedNames.ts';
import { nodesOf, partOf } from '../candidates/treeText.ts';
import { rootOf, type PurityLanguage, type TopPart, type Words } from './purityLanguage.ts';
import { pythonPurity } from './pythonPurity.ts';
import { scriptPurity } from './scriptPurity.ts';

const languages: Partial<Readonly<Record<GrammarLanguage, PurityLanguage>>> = {
  javascript: scriptPurity,
  python: pythonPurity,
  tsx: scriptPurity,
  typescript: scriptPurity,
};

export interface ParsedCode {
  readonly text: string;
  readonly root: SyntaxNode;
  readonly language: GrammarLanguage;
}

/**
 * Names of the functions that tests can call and whose result depends on nothing but what they are given, sorted. What the tree
 * does not show to be harmless, such as a call of another file of the project, speaks against a function.
 */
export function pureFunctions({ text, root, language }: ParsedCode): readonly string[] {
  const rules = languages[language];
  if (rules === undefined) return [];
  const words: Words = (node) => (node === undefined ? '' : text.slice(node.start, node.end));
  const parts = rules.parts(root, words);
  const file = {
    rules,
    words,
    imported: importedNames({ text, root, language }),
    top: new Set(parts.map(({ name }) => name)),
    changing: new Set([
      ...rules.reassigned(root, words),
      ...[...nodesOf(root)].flatMap((node) =>
        rules.changed(node, words).map((target) => words(rootOf(target))),
      ),
    ]),
  };
  const needs = new Map<string, readonly string[]>();
  for (const part of parts) {
    const found = namesNeeded(part, file);
    if (found !== undefined) needs.set(part.name, found);
  }
  for (let size = -1; size !== needs.size;) {
    size = needs.size;
    for (const [name, needed] of needs) if (!needed.every((each) => needs.has(each))) needs.delete(name);
  }
  return parts
    .filter(({ name, isOffered }) => isOffered && needs.has(name))
    .map(({ name }) => name)
    .sort();
}

interface FileNames {
  readonly rules: PurityLanguage;
  readonly words: Words;
  readonly imported: ReadonlyMap<string, string>;
  /** What the file itself declares at its top. */
  readonly top: ReadonlySet<string>;
  /** Names that stand for something that is changed somewhere in the file. */
  readonly changing: ReadonlySet<string>;
}

/** What else of the file has to be pure for this part to be so; undefined: it is not, whatever that is. */
function namesNeeded(part: TopPart, file: FileNames): readonly string[] | undefined {
  const { rules, words, imported, top, changing } = file;
  const locals = rules.locals(part, words);
  const needed = new Set<string>();
  for (const node of running(part.node, rules)) {
    if (rules.forbids(node, words) || isForbiddenCall(node, file)) return undefined;
    for (const target of rules.changed(node, words)) {
      const name = words(rootOf(target));
      // To give a parameter another value changes nothing outside.
      const isRebound = target.type === 'identifier' && rules.isRebinding(node);
      if (name !== '' && !locals.has(name) && !(isRebound && part.parameters.has(name))) return undefined;
    }
    if (!rules.isName(node)) continue;
    const name = words(node);
    if (locals.has(name) || part.parameters.has(name)) continue;
    if (top.has(name) && !changing.has(name)) needed.add(name);
    else if (top.has(name) || !rules.isHarmless(name, imported.get(name))) return undefined;
  }
  return [...needed];
}

/** What of a part runs, each node before its own parts. */
function* running(part: SyntaxNode, rules: PurityLanguage): Generator<SyntaxNode> {
  const open: SyntaxNode[] = [part];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (rules.skips(next)) continue;
    yield next;
    open.push(...next.children.toReversed());
  }
}

function isForbiddenCall(node: SyntaxNode, { rules, words, imported }: FileNames): boolean {
  const isNew = node.type === 'new_expression';
  const callee = partOf(node, isNew ? 'constructor' : 'function');
  if (callee === undefined) return false;
  const written = words(callee).replace(/\s+/gu, '');
  const called = resolveName(isNew && written === 'Date' ? 'new Date' : written, imported);
  const given = words(partOf(node, 'arguments'));
  return rules.forbidden.some((each) => each.called.test(called) && (each.given?.test(given) ?? true));
}
