import type { Located } from '../../documents/span.ts';
import type { Rule } from '../rule.ts';
import { compileGlob, matchGlob, splitPath, type CompiledGlob } from './compileGlob.ts';
import { widenGlob } from './scopedGlob.ts';

/** Whether a path is one of the files that a rule is about, and which glob decided. */
export type GlobVerdict =
  /** `by` is undefined when the rule has no including glob: then it is about every file. */
  | { readonly kind: 'matches'; readonly by: Located<string> | undefined }
  | { readonly kind: 'excluded'; readonly by: Located<string> }
  | { readonly kind: 'noneMatches' }
  | { readonly kind: 'outOfScope' };

/** Whether the path lies under the rule's folder. */
export function seesPath({ scope }: Pick<Rule, 'scope'>, path: string): boolean {
  return scope === '' || path.startsWith(`${scope}/`);
}

export function matchRuleGlobs(rule: Rule, path: string): GlobVerdict {
  if (!seesPath(rule, path)) return { kind: 'outOfScope' };
  const { excluding, including } = compileOnce(rule);
  const names = splitOnce(path);
  const hit = (glob: RuleGlob): boolean => glob.compiled !== undefined && matchGlob(glob.compiled, names);
  const excluded = excluding.find(hit);
  if (excluded !== undefined) return { kind: 'excluded', by: excluded.written };
  if (including.length === 0) return { kind: 'matches', by: undefined };
  const match = including.find(hit);
  return match === undefined ? { kind: 'noneMatches' } : { kind: 'matches', by: match.written };
}

interface RuleGlob {
  readonly written: Located<string>;
  /** undefined when it cannot be used. */
  readonly compiled: CompiledGlob | undefined;
}

interface RuleGlobs {
  readonly excluding: readonly RuleGlob[];
  readonly including: readonly RuleGlob[];
}

// One path is asked for with many rules in turn.
let lastSplit: { readonly path: string; readonly names: readonly string[] } = { path: '', names: [''] };

function splitOnce(path: string): readonly string[] {
  if (lastSplit.path !== path) lastSplit = { path, names: splitPath(path) };
  return lastSplit.names;
}

// Rules are immutable, so what was compiled for one stays right as long as it lives.
const compiledByRule = new WeakMap<Rule, RuleGlobs>();

function compileOnce(rule: Rule): RuleGlobs {
  const known = compiledByRule.get(rule);
  if (known !== undefined) return known;
  const all = rule.globs.map((written): RuleGlob => {
    const result = compileGlob(written.value);
    const compiled = result.kind === 'compiled' ? widenGlob(result.glob, rule.scope) : undefined;
    return { written, compiled };
  });
  const isExcluding = ({ compiled }: RuleGlob): boolean => compiled?.negated === true;
  const globs = {
    excluding: all.filter(isExcluding),
    including: all.filter((glob) => !isExcluding(glob)),
  };
  compiledByRule.set(rule, globs);
  return globs;
}
