import type { Severity } from '../../../protocol/text.ts';
import { adviceChecks } from '../checks/allChecks.ts';
import type { Rule, RuleDocument, RuleProblem } from '../rule.ts';
import type { BuiltRule } from './buildRule.ts';

/** What was read of one file. */
export interface DocumentParts {
  readonly path: string;
  readonly text: string;
  readonly file: BuiltRule;
  readonly blocks: readonly BuiltRule[];
  /** Of the file as a whole and of its frontmatter. */
  readonly problems: readonly RuleProblem[];
}

/** Nobody reads more of them, and of these the hints go first; rules are inactive by errors that are not listed too. */
const maxProblems = 500;

/**
 * A document whose problems are looked for when they are first asked for. What makes a rule inactive is known before:
 * advice takes longer than all the reading, and a rule that only guides or fires needs none.
 */
export function createDocument(parts: DocumentParts): RuleDocument {
  return new ReadDocument(parts);
}

class ReadDocument implements RuleDocument {
  readonly path: string;
  readonly text: string;
  readonly file: Rule;
  readonly blocks: readonly Rule[];
  /** Dropped when the problems are known. */
  #parts: DocumentParts | undefined;
  #problems: readonly RuleProblem[] = [];

  constructor(parts: DocumentParts) {
    this.path = parts.path;
    this.text = parts.text;
    this.file = parts.file.rule;
    this.blocks = parts.blocks.length === 0 ? noBlocks : parts.blocks.map(({ rule }) => rule);
    this.#parts = parts;
  }

  get problems(): readonly RuleProblem[] {
    if (this.#parts !== undefined) this.#problems = findProblems(this.#parts);
    this.#parts = undefined;
    return this.#problems;
  }
}

const noBlocks: readonly Rule[] = [];

function findProblems({ text, file, blocks, problems }: DocumentParts): readonly RuleProblem[] {
  const ofRules = [file, ...blocks].flatMap(({ rule, problems: faults }) => {
    const checked = { text, rule };
    return [...faults, ...adviceChecks.flatMap((check) => check(checked))];
  });
  const found = [...problems, ...ofRules];
  return bySource(found.length <= maxProblems ? found : gravest(found));
}

function bySource(problems: readonly RuleProblem[]): readonly RuleProblem[] {
  return problems.toSorted((left, right) => left.span.start - right.span.start);
}

/** As many as are kept: errors before hints, the first before the last. */
function gravest(problems: readonly RuleProblem[]): readonly RuleProblem[] {
  return severities
    .flatMap((severity) => bySource(problems.filter((problem) => problem.severity === severity)))
    .slice(0, maxProblems);
}

const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
