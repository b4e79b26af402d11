import type { Located } from '../../documents/span.ts';
import { compileGlob, type CompiledGlob } from '../globs/compileGlob.ts';
import type { RuleProblem } from '../rule.ts';
import { globCovers } from './globCovers.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.shadowed-glob`: a glob that changes nothing, because another one of the rule covers or excludes it. */
export const shadowedGlob: RuleCheck = ({ rule }) => {
  if (rule.form !== 'file' || rule.globs.length < 2 || rule.globs.length > maxGlobs) return [];
  const globs = rule.globs.flatMap((written): readonly RuleGlob[] => {
    const result = compileGlob(written.value);
    return result.kind === 'compiled' ? [{ written, compiled: result.glob }] : [];
  });
  return globs.flatMap((glob, at) => findShadow(globs, glob, at) ?? []);
};

/** Each is compared with each. */
const maxGlobs = 100;

interface RuleGlob {
  readonly written: Located<string>;
  readonly compiled: CompiledGlob;
}

function findShadow(globs: readonly RuleGlob[], glob: RuleGlob, at: number): RuleProblem | undefined {
  const { written, compiled } = glob;
  const excluding = compiled.negated
    ? undefined
    : globs.find((other) => other.compiled.negated && globCovers(other.compiled, compiled));
  if (excluding !== undefined) {
    const message = `\`${excluding.written.value}\` excludes everything that \`${written.value}\` matches.`;
    return { code: 'rule.shadowed-glob', severity: 'warning', message, span: written.span };
  }
  const covering = globs.find((other, index) => index !== at && covers(other, glob, index < at));
  if (covering === undefined) return undefined;
  const isSame = covering.written.value === written.value;
  const message = isSame
    ? `\`${written.value}\` is written twice.`
    : `\`${covering.written.value}\` matches everything that \`${written.value}\` matches.`;
  const data = { by: isSame ? 'same' : 'wider' };
  return { code: 'rule.shadowed-glob', severity: 'hint', message, span: written.span, data };
}

/** Of two that match the same only the later one is superfluous. */
function covers(wide: RuleGlob, narrow: RuleGlob, isEarlier: boolean): boolean {
  if (wide.compiled.negated !== narrow.compiled.negated) return false;
  if (!globCovers(wide.compiled, narrow.compiled)) return false;
  return isEarlier || !globCovers(narrow.compiled, wide.compiled);
}
