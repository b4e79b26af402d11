import type { Span } from '../../documents/span.ts';
import { findHiddenText } from '../../safety/hiddenText.ts';
import { mayHoldSecrets } from '../../safety/protectedPaths.ts';
import { maxRuleFileLength } from '../parseRuleDocument.ts';
import { findIncludes } from '../references/findReferences.ts';
import { findSection } from '../references/findSection.ts';
import { resolveReference, type ReferenceWorld } from '../references/resolveReference.ts';
import type { RuleReference } from '../references/ruleReference.ts';
import type { RuleProblem } from '../rule.ts';
import type { TextPiece } from './textPiece.ts';

/** A text that may be included, or why it is not, as it goes on after its path. */
export type Fragment =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Without frontmatter. */
      readonly body: Span;
      /** `<rule>` blocks, in which nothing is included. */
      readonly blocks: readonly Span[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

export interface IncludeWorld extends ReferenceWorld {
  fragment(path: string): Fragment;
}

export interface ExpandedText {
  readonly pieces: readonly TextPiece[];
  /** At the references of the file itself, also for what is wrong further down. */
  readonly problems: readonly RuleProblem[];
  /** Paths that were looked at, there or not. */
  readonly asked: ReadonlySet<string>;
}

const maxDepth = 32;
const maxIncludes = 1_000;

/** The text of a file with all that it includes in the place of the lines that say so. */
export function expandIncludes(path: string, world: IncludeWorld): ExpandedText {
  const expansion: Expansion = { world, pieces: [], problems: [], asked: new Set(), length: 0, includes: 0 };
  const own = world.fragment(path);
  if (own.kind === 'text') expandRegion(expansion, { path, own, region: own.body, above: [] });
  return expansion;
}

interface Expansion extends ExpandedText {
  readonly world: IncludeWorld;
  readonly pieces: TextPiece[];
  readonly problems: RuleProblem[];
  readonly asked: Set<string>;
  length: number;
  includes: number;
}

interface Included {
  readonly path: string;
  readonly own: Extract<Fragment, { readonly kind: 'text' }>;
  readonly region: Span;
  /** References that led here, the one in the rule's own file first. */
  readonly above: readonly RuleReference[];
  /** Files on the way, without this one. */
  readonly files?: readonly string[];
}

function expandRegion(expansion: Expansion, included: Included): void {
  const { own, region } = included;
  const outside = (at: number): boolean => !own.blocks.some(({ start, end }) => start <= at && at < end);
  let from = region.start;
  for (const reference of findIncludes(own.text, region, outside)) {
    takeText(expansion, included, { start: from, end: reference.whole.start });
    from = reference.whole.end;
    const fault = include(expansion, included, reference);
    const [above] = included.above;
    if (fault !== undefined) report(expansion, above?.span ?? fault.span ?? reference.span, fault);
  }
  takeText(expansion, included, { start: from, end: region.end });
}

function takeText(expansion: Expansion, { path, own }: Included, span: Span): void {
  if (span.start >= span.end) return;
  expansion.length += span.end - span.start;
  expansion.pieces.push({ text: own.text.slice(span.start, span.end), path, span });
}

interface Fault {
  readonly code: string;
  readonly message: string;
  /** A part of the reference that alone is wrong. */
  readonly span?: Span;
}

/** One fault is enough for one line of the rule's own file. */
function report({ problems }: Expansion, span: Span, { code, message }: Fault): void {
  if (problems.some((known) => known.span.start === span.start)) return;
  problems.push({ code, message, severity: 'error', span });
}

function include(expansion: Expansion, from: Included, reference: RuleReference): Fault | undefined {
  const { world, asked } = expansion;
  const files = [...(from.files ?? []), from.path];
  const { target, asked: now } = resolveReference(reference, from.path, world);
  for (const each of now) asked.add(each);
  if (target.kind !== 'rule' && target.kind !== 'file')
    return missing(reference, from, describeMissing(pathsLookedAt(now)));
  const chain = [...files, target.path].join(' → ');
  if (files.includes(target.path)) {
    const message = `These files include one another: ${chain}. Take one of the lines out; this one stands for nothing.`;
    return { code: 'rule.cyclic-include', message };
  }
  if (files.length > maxDepth) {
    const message = `Files are included over at most ${maxDepth} steps, and this is one more: ${chain}.`;
    return { code: 'rule.cyclic-include', message };
  }
  expansion.includes += 1;
  if (expansion.includes > maxIncludes || expansion.length > maxRuleFileLength) {
    const message = `A rule with all that it includes has at most ${maxRuleFileLength} characters from ${maxIncludes} places; the rest is left out.`;
    return { code: 'rule.too-large', message };
  }
  return enterFragment(expansion, { from, reference, path: target.path, files });
}

interface Entered {
  readonly from: Included;
  readonly reference: RuleReference;
  readonly path: string;
  readonly files: readonly string[];
}

function enterFragment(expansion: Expansion, { from, reference, path, files }: Entered): Fault | undefined {
  if (mayHoldSecrets(path)) return missing(reference, from, 'may hold secrets, and no prompt takes those in');
  const own = expansion.world.fragment(path);
  if (own.kind === 'refused') return missing(reference, from, own.reason);
  const section =
    reference.heading === undefined ? own.body : findSection(own.text, own.body, reference.heading);
  if (section === undefined) {
    const fault = missing(reference, from, `has no heading “${reference.heading ?? ''}”`);
    return { ...fault, ...(reference.headingSpan === undefined ? {} : { span: reference.headingSpan }) };
  }
  const region = trimBreaks(own.text, section);
  if (findHiddenText(own.text.slice(region.start, region.end)).some(({ onlySpace }) => !onlySpace)) {
    const message = `\`${path}\` holds characters that nobody sees, so it is not included. Remove them there.`;
    return { code: 'rule.hidden-characters', message };
  }
  expandRegion(expansion, { path, own, region, above: [...from.above, reference], files });
  return undefined;
}

function pathsLookedAt(asked: readonly string[]): readonly string[] {
  return asked.filter((key) => !key.startsWith('name:'));
}

function describeMissing(lookedAt: readonly string[]): string {
  if (lookedAt.length === 0) return 'is no path that can be included: it has to stay in the workspace folder';
  return `is not there: looked at ${lookedAt.map((path) => `\`${path}\``).join(' and ')}`;
}

function missing(reference: RuleReference, { above, path }: Included, reason: string): Fault {
  const inside = above.length === 0 ? '' : ` (in \`${path}\`)`;
  const message = `\`${reference.target}\`${inside} ${reason}. Nothing stands in its place.`;
  return { code: 'rule.missing-include', message };
}

/** The line that names a fragment has a line break of its own. */
function trimBreaks(text: string, { start, end }: Span): Span {
  const inside = text.slice(start, end);
  return {
    start: start + (/^[\n\r]+/.exec(inside)?.[0].length ?? 0),
    end: end - (/[\n\r]+$/.exec(inside)?.[0].length ?? 0),
  };
}
