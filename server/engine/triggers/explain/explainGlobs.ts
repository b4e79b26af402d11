import { compileGlob, matchGlob, splitPath } from '../../rules/globs/compileGlob.ts';
import { matchRuleGlobs } from '../../rules/globs/matchRuleGlobs.ts';
import type { Rule } from '../../rules/rule.ts';
import { explainNoMatch } from '../decideFirings.ts';
import { placeOf, type ExplainedRule, type Explanation } from './explanation.ts';

/** What a rule's folder and globs say about a path. */
export function explainGlobs(explained: ExplainedRule, path: string): Explanation {
  const { rule } = explained.effective;
  const verdict = matchRuleGlobs(rule, path);
  const written = 'by' in verdict ? verdict.by : undefined;
  const by = placeOf(
    explained,
    'globs',
    written === undefined ? { span: undefined } : { span: written.span, text: written.value },
  );
  if (verdict.kind === 'matches') {
    const reason =
      written === undefined ? 'it has no glob that limits it' : `its glob \`${written.value}\` matches`;
    return { applies: 'yes', reason, by, change: undefined };
  }
  const { reason, span } = explainNoMatch(rule, verdict, path);
  const answer = { applies: 'no', reason } as const;
  switch (verdict.kind) {
    case 'outOfScope':
      return {
        ...answer,
        by: undefined,
        change: `Move its file into \`.cursor/rules/\` of a folder that holds \`${path}\`.`,
      };
    case 'excluded':
      return { ...answer, by, change: `Remove or narrow \`${verdict.by.value}\`.` };
    case 'noneMatches':
      return { ...answer, by: placeOf(explained, 'globs', { span }), change: suggestGlob(rule, path) };
  }
}

/** The nearest glob that would match: the written one at any depth or in other letters, else one by the file's ending. */
function suggestGlob(rule: Rule, path: string): string {
  const inScope = rule.scope === '' ? path : path.slice(rule.scope.length + 1);
  for (const { value } of rule.globs) {
    if (value.startsWith('!')) continue;
    const deep = `**/${value.replace(/^(?:\.?\/)+/, '')}`;
    if (matches(deep, inScope))
      return `Write \`${deep}\` in place of \`${value}\`, which means one folder only.`;
    if (matches(value.toLowerCase(), inScope.toLowerCase()))
      return `Write \`${value}\` with the capitals and small letters of the path: globs tell them apart.`;
  }
  const ending = /[^/](\.[^./]+)$/.exec(inScope)?.[1];
  return `Add a glob that takes it in, such as \`${ending === undefined ? inScope : `**/*${ending}`}\`.`;
}

function matches(glob: string, path: string): boolean {
  const result = compileGlob(glob);
  return result.kind === 'compiled' && matchGlob(result.glob, splitPath(path));
}
