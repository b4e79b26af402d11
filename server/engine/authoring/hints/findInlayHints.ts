import type { Span } from '../../documents/span.ts';
import type { Rule } from '../../rules/rule.ts';
import type { AuthoringFile } from '../authoringFile.ts';
import { explainMatches } from '../hover/explainMatches.ts';
import { outlineOf } from '../outline/documentOutline.ts';
import { explainKind, kindLabel } from '../ruleKinds.ts';

export interface InlayHint {
  /** Where it stands, behind what is written. */
  readonly offset: number;
  readonly label: string;
  /** Markdown. */
  readonly tooltip: string;
}

/** The kind that a rule comes to, behind its fence or tag, and how many files its globs match now. */
export function findInlayHints(file: AuthoringFile, within: Span): readonly InlayHint[] {
  const { document } = file;
  const { frontmatter, blocks } = outlineOf(document);
  const kinds = [
    ...(frontmatter === undefined ? [] : [kindHint(file, document.file, frontmatter.whole.start + 3)]),
    ...blocks.flatMap(({ tag }, at) => {
      const rule = document.blocks[at];
      return rule === undefined ? [] : [kindHint(file, rule, tag.end)];
    }),
  ];
  return [...kinds, ...matchHints(file)].filter(
    ({ offset }) => offset >= within.start && offset <= within.end,
  );
}

function kindHint({ catalog }: AuthoringFile, rule: Rule, offset: number): InlayHint {
  const whole = catalog.effective(rule.id)?.rule ?? rule;
  const isQuiet = whole.active || whole.abstract;
  return {
    offset,
    label: isQuiet ? kindLabel(whole) : `${kindLabel(whole)}, not active`,
    tooltip: isQuiet
      ? explainKind(whole)
      : `Not active, because ${whole.inactiveReason ?? 'it is switched off'}.`,
  };
}

/** Behind the globs how many files they match together; behind each of a list on lines of its own, by itself. */
function matchHints({ document, workspace }: AuthoringFile): readonly InlayHint[] {
  const { keys } = outlineOf(document);
  const { globs, scope } = document.file;
  const node = keys?.children.find(({ key }) => key === 'globs');
  if (node === undefined || globs.length === 0) return [];
  const values = globs.map(({ value }) => value);
  const isBelow = node.children.length > 0;
  const total = hint(
    isBelow ? (node.colon === undefined ? node.head.end : node.colon + 1) : node.value.end,
    values,
  );
  if (!isBelow) return [total];
  const own = globs
    .filter(({ value }) => !value.startsWith('!'))
    .map(({ value, span }) => hint(endOfItem(document.text, span), [value]));
  return globs.length > 1 ? [total, ...own] : own;

  function hint(offset: number, matched: readonly string[]): InlayHint {
    const count = workspace.countMatching(matched, scope);
    return {
      offset,
      label: count === 1 ? '1 file' : `${count} files`,
      tooltip: explainMatches(workspace, matched, scope),
    };
  }
}

function endOfItem(text: string, { end }: Span): number {
  return /["']/.test(text[end] ?? '') ? end + 1 : end;
}
