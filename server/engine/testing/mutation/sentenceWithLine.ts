import type { Mutant } from '../../../protocol/mutants.ts';

const maxColumns = 100;

/** What a mutant did, with the line that it changed: who reads it cannot count lines reliably. */
export function sentenceWithLine({ sentence, line }: Mutant, text: string): string {
  const whole = (text.split(/\r\n|\n|\r/u)[line] ?? '').trim();
  const short = whole.length > maxColumns ? `${whole.slice(0, maxColumns).toWellFormed()}…` : whole;
  if (short === '') return sentence;
  return short.includes('`') ? `${sentence}, \`\` ${short} \`\`` : `${sentence}, \`${short}\``;
}
