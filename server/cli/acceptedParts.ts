import { findHunks } from '../engine/documents/hunks.ts';
import type { LandingAnswer, LandingQuestion, Person } from '../engine/ports/person.ts';
import type { ProposedFile } from '../protocol/runEvents.ts';
import type { AcceptedPart } from './invocation.ts';
import type { Output } from './output.ts';
import { plainLine } from './render/plainText.ts';
import { WrongWords } from './words.ts';

/** Reads `FILE[:HUNK],...`. Throws `WrongWords`. */
export function readAcceptedParts(value: string | undefined): readonly AcceptedPart[] {
  if (value === undefined) return [];
  return value.split(',').map((word) => {
    const [, name = '', hunk] = /^(.*?)(?::(\d+))?$/su.exec(word.trim()) ?? [];
    const path = name.replaceAll('\\', '/').replace(/^(?:\.\/)+/u, '');
    if (path === '' || hunk === '0')
      throw new WrongWords(
        '--accept must be files of the proposal, such as src/a.js, or src/a.js:2 for its second hunk.',
      );
    return { path, hunk: hunk === undefined ? undefined : Number(hunk) };
  });
}

/**
 * Answers for the person who named what lands: those parts and nothing else. A name that the proposal does not have, a
 * part that is not proven without the others, and what has to be seen first are answered with no.
 */
export function createAcceptingPerson(parts: readonly AcceptedPart[], output: Output): Person {
  const refuse = (message: string): undefined => {
    output.stderr(`${plainLine(message)}\n`);
    return undefined;
  };
  return {
    async decide(question): Promise<LandingAnswer | undefined> {
      if (question.showsDiff)
        return refuse(
          '--accept does not land what has to be seen first; look at it with --ask on a terminal.',
        );
      if (question.isUnproven === true)
        return refuse(
          'What --accept names is not proven without the rest of the proposal, so nothing lands.',
        );
      const unknown = parts.find((part) => !isIn(part, question));
      if (unknown !== undefined) return refuse(describeUnknown(unknown, question));
      const hunks = question.files.map((file) => ({ path: file.path, kept: keptOf(file, parts) }));
      return { accept: hunks.some(({ kept }) => kept.length > 0), seen: false, hunks };
    },
  };
}

function isIn({ path, hunk = 1 }: AcceptedPart, { files }: LandingQuestion): boolean {
  const file = files.find((each) => each.path === path);
  return file !== undefined && hunk <= findHunks(file.before, file.after).length;
}

function keptOf(file: ProposedFile, parts: readonly AcceptedPart[]): readonly number[] {
  const own = parts.filter(({ path }) => path === file.path);
  return findHunks(file.before, file.after)
    .map((_, index) => index)
    .filter((index) => own.some(({ hunk }) => hunk === undefined || hunk === index + 1));
}

function describeUnknown({ path, hunk }: AcceptedPart, { files }: LandingQuestion): string {
  const name = hunk === undefined ? path : `${path}:${hunk}`;
  const there = files.map((file) => `${file.path} (hunks: ${findHunks(file.before, file.after).length})`);
  return `The proposal has no ${name}, so nothing lands. It changes: ${there.join(', ')}.`;
}
