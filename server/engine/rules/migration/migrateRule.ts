import { applyTextEdits } from '../editing/applyTextEdits.ts';
import { insertFrontmatter } from '../editing/editFrontmatter.ts';
import { readBlockRegion, readFrontmatterRegion } from '../editing/keyRegion.ts';
import { findRuleBlocks } from '../reading/findRuleBlocks.ts';
import { splitFrontmatter } from '../reading/splitFrontmatter.ts';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import type { RuleProblem } from '../rule.ts';
import { readRulePath } from '../rulePaths.ts';
import { mendBlockTags, mendFrontmatterFences } from './mendFences.ts';
import { mendKeys, type Mending } from './mendKeys.ts';
import { meansTheSame } from './meansTheSame.ts';

/** A rule file in the form that this language and every YAML reader agree on. */
export interface RuleMigration {
  readonly path: string;
  /** Another one when the file has to be called or to lie differently. */
  readonly newPath: string;
  readonly text: string;
  readonly newText: string;
  /** What was done, as it goes on after the name of the file; empty: nothing. */
  readonly changes: readonly string[];
  /** Errors that only a person can mend, in the new text. */
  readonly left: readonly RuleProblem[];
}

/**
 * Brings a rule file to the canonical form: closed frontmatter in the first line, values as YAML, canonical words, closed
 * blocks, the name `.mdc`, and a rule file in place of `.cursorrules`. What it says stays the same, and every byte that is
 * not a part of that stays where it was. What cannot be mended so is left alone. Doing it twice does nothing more.
 */
export function migrateRule(path: string, text: string): RuleMigration {
  const legacy = readRulePath(path).isLegacy;
  const migrated = legacy ? migrateLegacy(path, text) : migrateFile(path, text);
  const { problems } = parseRuleDocument(migrated.newPath, migrated.newText);
  return { path, text, ...migrated, left: problems.filter(({ severity }) => severity === 'error') };
}

type Migrated = Pick<RuleMigration, 'newPath' | 'newText' | 'changes'>;

function migrateLegacy(path: string, text: string): Migrated {
  const newPath = path.replace(/\.cursorrules$/, '.cursor/rules/cursorrules.mdc');
  const newText = applyTextEdits(text, [insertFrontmatter(text, [{ key: 'alwaysApply', value: true }])]);
  const before = parseRuleDocument(path, text);
  // Blocks are text in the old file and would be rules in the new one.
  if (!meansTheSame(before, parseRuleDocument(newPath, newText)))
    return { newPath: path, newText: text, changes: [] };
  return { newPath, newText, changes: ['becomes a rule file that always applies'] };
}

function migrateFile(path: string, text: string): Migrated {
  const newPath = path.replace(/\.mdc\.md$/, '.mdc');
  const moved = newPath === path ? [] : ['is renamed to end in `.mdc`'];
  const mended = mendText(path, text);
  return { newPath, newText: mended.text, changes: [...moved, ...mended.changes] };
}

/** Each finder sees the text that those before it have mended. */
const finders: readonly ((text: string) => readonly Mending[])[] = [
  (text) => mendFrontmatterFences(text, splitFrontmatter(text)),
  mendFrontmatter,
  mendBlocks,
  (text) => mendBlockTags(text, splitFrontmatter(text)),
];

/** A value is mended first and its words are spelled then. */
const maxPasses = 3;

interface MendedText {
  readonly text: string;
  readonly changes: readonly string[];
}

/** All at once; where that would say something else, one by one without those that do. */
function mendText(path: string, text: string): MendedText {
  const all = mendAll(text, () => true);
  if (all.text === text || keepsMeaning(path, text, all.text)) return all;
  return mendAll(text, (before, after) => keepsMeaning(path, before, after));
}

function mendAll(source: string, accepts: (before: string, after: string) => boolean): MendedText {
  let text = source;
  const changes = new Set<string>();
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const before = text;
    for (const find of finders) {
      for (const { edits, change } of find(text).toReversed()) {
        const next = applyTextEdits(text, edits);
        if (next === text || !accepts(text, next)) continue;
        text = next;
        changes.add(change);
      }
    }
    if (text === before) break;
  }
  return { text, changes: [...changes] };
}

function keepsMeaning(path: string, before: string, after: string): boolean {
  return meansTheSame(parseRuleDocument(path, before), parseRuleDocument(path, after));
}

function mendFrontmatter(text: string): readonly Mending[] {
  const parts = splitFrontmatter(text);
  return parts.kind === 'frontmatter' ? mendKeys(readFrontmatterRegion(text, parts.inner), 'file') : [];
}

function mendBlocks(text: string): readonly Mending[] {
  const { body } = splitFrontmatter(text);
  return findRuleBlocks(text, body).flatMap(({ inner }) => mendKeys(readBlockRegion(text, inner), 'block'));
}
