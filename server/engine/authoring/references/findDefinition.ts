import type { Span } from '../../documents/span.ts';
import { readLine } from '../../documents/readLine.ts';
import type { RuleReference } from '../../rules/references/ruleReference.ts';
import { findHeadings } from '../outline/documentOutline.ts';
import type { AuthoringFile } from '../authoringFile.ts';
import { referenceAt } from './referenceAt.ts';

/** A place in a file of the folder. */
export interface FilePlace {
  /** `builtin:NAME` for a bundled rule. */
  readonly path: string;
  /** undefined: the text of the file is not known here; its start is meant. */
  readonly text: string | undefined;
  readonly span: Span;
}

export interface Definition {
  /** What was asked about. */
  readonly origin: Span;
  readonly places: readonly FilePlace[];
}

/** Where the rule, file or heading stands that a reference names; several places for a name that is ambiguous. */
export function findDefinition(file: AuthoringFile, offset: number): Definition | undefined {
  const reference = referenceAt(file, offset);
  if (reference === undefined) return undefined;
  return { origin: reference.span, places: placesOf(file, reference) };
}

function placesOf(file: AuthoringFile, reference: RuleReference): readonly FilePlace[] {
  const target = file.catalog.resolve(reference, file.document.path);
  switch (target.kind) {
    case 'missing':
      return [];
    case 'ambiguous':
      return target.ruleIds.flatMap((id) => placeOfRule(file, id));
    case 'rule':
      return reference.heading === undefined
        ? placeOfRule(file, target.ruleId)
        : [placeOfHeading(file, target.path, reference.heading)];
    case 'file':
      return [placeOfHeading(file, target.path, reference.heading)];
  }
}

function placeOfRule({ catalog }: AuthoringFile, id: string): readonly FilePlace[] {
  const rule = catalog.rule(id);
  const text = rule && catalog.document(rule.path)?.text;
  if (rule === undefined || text === undefined) return [];
  const line = readLine(text, rule.span.start);
  return [{ path: rule.path, text, span: { start: line.start, end: line.end } }];
}

function placeOfHeading({ catalog }: AuthoringFile, path: string, heading: string | undefined): FilePlace {
  const text = catalog.text(path);
  const nowhere = { path, text, span: { start: 0, end: 0 } };
  if (text === undefined || heading === undefined) return nowhere;
  const wanted = heading.trim().toLowerCase();
  const found = findHeadings(path, text).find(
    ({ title }) => title.toLowerCase() === wanted || slug(title) === wanted,
  );
  return found === undefined ? nowhere : { ...nowhere, span: found.span };
}

/** As links in Markdown name headings. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replaceAll(/\s+/g, '-');
}
