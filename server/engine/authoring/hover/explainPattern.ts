import { translatePattern } from '../../rules/patterns/translatePattern.ts';
import { code } from './markdown.ts';

const deadlineMs = 50;

/** How a pattern is read, which engine searches it, and how long that may take. `flags` are those of the rule. */
export function explainPattern(source: string, flags: string): string {
  const translated = translatePattern(source, flags);
  if (translated.kind === 'invalid') return `This pattern cannot be used: it ${translated.message}.`;
  const { pattern } = translated;
  const isSame = pattern.source === source;
  const shown = code(`/${pattern.source}/${pattern.flags}`);
  return [
    isSame ? `A JavaScript pattern: ${shown}` : `Read as the JavaScript pattern ${shown}`,
    explainEngine(pattern.branches !== undefined, pattern.linear !== undefined),
  ].join('\n\n');
}

function explainEngine(isBounded: boolean, isLinear: boolean): string {
  if (isBounded) return 'It repeats nothing, so it is searched by V8 at once.';
  if (isLinear) return 'It is searched in linear time (RE2), so no text can make it slow.';
  return `It needs lookaround, a back reference or many repetitions, so it is searched in a worker, ${deadlineMs} ms for a file. Past that its result is unknown: a filter does not hold then, and a \`reject\` refuses the edit of a model.`;
}
