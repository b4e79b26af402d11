import { lineBreakOf } from '../editing/lineBreaks.ts';
import { renderValue, type KeyValue } from '../editing/renderValue.ts';
import { splitFrontmatter } from '../reading/splitFrontmatter.ts';
import { joinPath } from './dialectPaths.ts';
import type { Loss, PortableRule } from './dialect.ts';

type Keys = readonly (readonly [key: string, value: KeyValue | undefined])[];

/** Frontmatter with the keys that have a value, and the body to the byte. Without keys there is none, unless the body would pass for it. */
export function renderDialectFile(keys: Keys, body: string): string {
  const lineBreak = lineBreakOf(body);
  const lines = keys.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${renderValue(value)}`],
  );
  if (lines.length === 0 && splitFrontmatter(body).kind === 'none') return body;
  return ['---', ...lines, '---', body].join(lineBreak);
}

/** One text for one glob, a list for several. */
export function globsValue(globs: readonly string[]): KeyValue {
  return globs.length === 1 ? (globs[0] ?? '') : globs;
}

/**
 * Globs as seen from the workspace folder, for tools that look for rules at the top only: a rule of a folder is about the
 * files below it.
 */
function rootedGlobs({ scope, globs }: PortableRule): readonly string[] {
  if (scope === '') return globs;
  return globs.map((glob) => {
    const [sign, rest] = glob.startsWith('!') ? ['!', glob.slice(1)] : ['', glob];
    return `${sign}${joinPath(scope, rest.replace(/^\//, ''))}`;
  });
}

/** A rule that always applies below its folder is, seen from the top, a rule about the files there. */
export function atTheTop(rule: PortableRule): PortableRule {
  if (rule.scope === '') return rule;
  const isAlways = rule.kind === 'always';
  const globs = isAlways ? [`${rule.scope}/**`] : rootedGlobs(rule);
  return { ...rule, scope: '', globs, kind: isAlways ? 'autoAttached' : rule.kind };
}

function includingGlobs(globs: readonly string[]): readonly string[] {
  return globs.filter((glob) => !glob.startsWith('!'));
}

export function loss(rule: PortableRule, message: string): Loss {
  return { rule: rule.file, message };
}

/** What a tool without such keys cannot be told of a rule. */
export function lostLabels(
  rule: PortableRule,
  can: { readonly description: boolean; readonly label: boolean },
): readonly Loss[] {
  return [
    ...(can.description || rule.description === '' ? [] : [loss(rule, 'Its description is lost.')]),
    ...(can.label || rule.label === undefined ? [] : [loss(rule, `Its name “${rule.label}” is lost.`)]),
  ];
}

/** For tools whose globs only include; nothing when no including glob is left, since the rule would then apply everywhere. */
export function withoutExclusions(rule: PortableRule): {
  readonly globs: readonly string[];
  readonly losses: readonly Loss[];
} {
  const globs = includingGlobs(rule.globs);
  const excluded = rule.globs.filter((glob) => glob.startsWith('!'));
  if (excluded.length === 0) return { globs, losses: [] };
  const message = `It would also be about ${excluded.map((glob) => glob.slice(1)).join(', ')}: globs there cannot exclude.`;
  return { globs, losses: [loss(rule, message)] };
}
