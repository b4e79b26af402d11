import { fenceLanguage, showName } from './fenceText.ts';

/** New files are asked for whole, existing ones as search/replace blocks. */
export type AnswerForm = 'whole' | 'blocks';

export function formOf(currentText: string | undefined): AnswerForm {
  return currentText === undefined || currentText.trim() === '' ? 'whole' : 'blocks';
}

/** How the answer must look, with one example. `targets`: the files that may be written, at least one. */
export function renderAnswerForm(form: AnswerForm, targets: readonly string[]): string {
  const [first = ''] = targets;
  return form === 'whole' ? wholeForm(first) : blocksForm(first, targets.length > 1);
}

function wholeForm(target: string): string {
  return [
    'Answer in exactly this form: the path alone on a line, then the whole file in one code fence.',
    '',
    showName(target),
    `\`\`\`${fenceLanguage(target)}`,
    'every line of the file, from the first to the last',
    '```',
    '',
    'If the file itself holds a line of three backticks, open and close the fence with five.',
  ].join('\n');
}

function blocksForm(target: string, isOneOfMany: boolean): string {
  return [
    `Answer in exactly this form: the path alone on a line, then one code fence with one block per change${isOneOfMany ? '; so for each file that you change' : ''}.`,
    '',
    showName(target),
    `\`\`\`${fenceLanguage(target)}`,
    '<<<<<<< SEARCH',
    'lines of the file that change, copied exactly',
    '=======',
    'the lines that take their place',
    '>>>>>>> REPLACE',
    '```',
    '',
    'SEARCH holds whole lines, copied with their indentation from the file above; together they must stand in the file only once, so take as many lines as that needs. To add lines, SEARCH for the lines they follow and repeat those in REPLACE.',
  ].join('\n');
}

/** The same in short, for a conversation that has seen the example. */
export function recallAnswerForm(form: AnswerForm, targets: readonly string[]): string {
  const names = targets.map(showName).join(', ');
  return form === 'whole'
    ? `Nothing has been written yet. Answer with the whole file ${names} again, in the form asked for at the beginning, then your NOTE: lines.`
    : `Nothing has been written yet. Answer with all your changes to ${names} again, as SEARCH/REPLACE blocks against the file as it was shown at the beginning, then your NOTE: lines.`;
}
