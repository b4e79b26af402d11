import { renderChunk } from './formats/readChunk.ts';
import { splitChunks } from './locate/splitChunks.ts';
import { fenceLanguage, showName } from './fenceText.ts';

/** How a model is asked to write its edits; `chunks`: numbered parts of a file that is shown in them. */
export type AnswerForm = 'whole' | 'blocks' | 'diff' | 'chunks';

/** Without a model's name: new files are asked for whole, existing ones as search/replace blocks. */
export function formOf(currentText: string | undefined): AnswerForm {
  return currentText === undefined || currentText.trim() === '' ? 'whole' : 'blocks';
}

/** How the answer must look, with one example. `targets`: the files that may be written, at least one. */
export function renderAnswerForm(form: AnswerForm, targets: readonly string[]): string {
  const [first = ''] = targets;
  switch (form) {
    case 'whole':
      return wholeForm(first);
    case 'blocks':
      return blocksForm(first, targets.length > 1);
    case 'diff':
      return diffForm(first, targets.length > 1);
    case 'chunks':
      return chunksForm(first);
  }
}

/** A file as it is shown where its chunks are asked for. Lines end in \n. */
export function showChunks(text: string): string {
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  return splitChunks(lines)
    .map(({ number, start, count }) =>
      renderChunk({ number, text: `${lines.slice(start, start + count).join('\n')}\n` }),
    )
    .join('\n');
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

function diffForm(target: string, isOneOfMany: boolean): string {
  const name = showName(target);
  return [
    `Answer in exactly this form: one unified diff in a code fence${isOneOfMany ? ', with all files that you change' : ''}.`,
    '',
    '```diff',
    `--- a/${name}`,
    `+++ b/${name}`,
    '@@ @@',
    ' a line that stays, copied exactly',
    '-a line that goes',
    '+the line that takes its place',
    '```',
    '',
    'Each hunk begins with "@@ @@" and has at least three lines that stay before and after what changes, copied with their indentation; together they must stand in the file only once. Line numbers are not needed.',
  ].join('\n');
}

function chunksForm(target: string): string {
  return [
    'The file above is shown in numbered chunks. Answer in exactly this form: the path alone on a line, then one code fence with each chunk that changes, whole, under its own number.',
    '',
    showName(target),
    `\`\`\`${fenceLanguage(target)}`,
    renderChunk({ number: 3, text: 'every line of chunk 3, changed and unchanged ones\n' }),
    '```',
    '',
    'Leave out the chunks that stay as they are. Lines that come new go into the chunk before or behind them.',
  ].join('\n');
}

/** The same in short, for a conversation that has seen the example. */
export function recallAnswerForm(form: AnswerForm, targets: readonly string[]): string {
  const names = targets.map(showName).join(', ');
  const nothing = 'Nothing has been written yet. Answer with';
  switch (form) {
    case 'whole':
      return `${nothing} the whole file ${names} again, in the form asked for at the beginning, then your NOTE: lines.`;
    case 'blocks':
      return `${nothing} all your changes to ${names} again, as SEARCH/REPLACE blocks against the file as it was shown at the beginning, then your NOTE: lines.`;
    case 'diff':
      return `${nothing} all your changes to ${names} again, as a unified diff against the file as it was shown at the beginning, then your NOTE: lines.`;
    case 'chunks':
      return `${nothing} all chunks of ${names} that change again, under the numbers that were shown at the beginning, then your NOTE: lines.`;
  }
}
