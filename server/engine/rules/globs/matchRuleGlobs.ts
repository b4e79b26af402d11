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
  const globs = compileOnce(rule);
  const names = splitPath(path);
  const hit = (glob: RuleGlob): boolean => glob.compiled !== undefined && matchGlob(glob.compiled, names);
  const excluding = globs.find((glob) => glob.compiled?.negated === true && hit(glob));
  if (excluding !== undefined) return { kind: 'excluded', by: excluding.written };
  const including = globs.filter((glob) => glob.compiled?.negated !== true);
  if (including.length === 0) return { kind: 'matches', by: undefined };
  const match = including.find(hit);
  return match === undefined ? { kind: 'noneMatches' } : { kind: 'matches', by: match.written };
}

interface RuleGlob {
  readonly written: Located<string>;
  /** undefined when it cannot be used. */
  readonly compiled: CompiledGlob | undefined;
}

// Rules are immutable, so what was compiled for one stays right as long as it lives.
const compiledByRule = new WeakMap<Rule, readonly RuleGlob[]>();

function compileOnce(rule: Rule): readonly RuleGlob[] {
  const known = compiledByRule.get(rule);
  if (known !== undefined) return known;
  const globs = rule.globs.map((written): RuleGlob => {
    const result = compileGlob(written.value);
    const compiled = result.kind === 'compiled' ? widenGlob(result.glob, rule.scope) : undefined;
    return { written, compiled };
  });
  compiledByRule.set(rule, globs);
  return globs;
}
