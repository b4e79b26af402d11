import type { LandingAnswer, LandingQuestion, Person } from '../engine/ports/person.ts';
import { chooseHunks } from './chooseHunks.ts';
import type { Output } from './output.ts';
import type { ReadAnswer } from './readAnswer.ts';
import type { Paint } from './render/paint.ts';
import { plainBlock, plainLine } from './render/plainText.ts';
import { changeOf, countLines, renderDiff } from './render/renderDiff.ts';

/** The person at the terminal: asked once for each edit, as often as the answer is neither yes nor no. */
export function createTerminalPerson(read: ReadAnswer, output: Output, paint: Paint): Person {
  return {
    async decide(question, signal): Promise<LandingAnswer | undefined> {
      output.stderr(renderQuestion(question, paint));
      let seen = question.showsDiff;
      if (seen) showDiff(question, output);
      for (;;) {
        const choices = question.isUnproven === true ? '' : ', [p]arts';
        const answer = await read(`Land this edit? [y]es, [n]o, [d]iff${choices}: `, signal);
        if (answer === undefined || signal.aborted) return undefined;
        const [word = ''] = answer.trim().toLowerCase();
        if (word === 'y') return { accept: true, seen };
        if (word === 'n') return { accept: false, seen };
        if (word === 'p' && choices !== '') {
          const hunks = await chooseHunks(question, { read, output, signal });
          return hunks && { accept: hunks.some(({ kept }) => kept.length > 0), seen: true, hunks };
        }
        if (word !== 'd') continue;
        showDiff(question, output);
        seen = true;
      }
    },
  };
}

function renderQuestion({ rule, summary, files }: LandingQuestion, paint: Paint): string {
  const lines = files.map((file) => {
    const { added, removed } = countLines(renderDiff(file));
    return `  ${changeOf(file)} ${plainLine(file.path)} ${paint.green(`+${added}`)} ${paint.red(`-${removed}`)}\n`;
  });
  return `\n${paint.bold(plainLine(rule))}: ${plainLine(summary)}\n${lines.join('')}`;
}

function showDiff({ files }: LandingQuestion, output: Output): void {
  output.stderr(plainBlock(files.map(renderDiff).join(''), ''));
}
