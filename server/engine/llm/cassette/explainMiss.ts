import type { ModelRequest } from '../../ports/models.ts';
import { requestOf, toLines, type Cassette } from './cassette.ts';
import { normalizeRequest } from './requestKey.ts';

type Question = Pick<ModelRequest, 'system' | 'messages'>;

interface Part {
  readonly name: string;
  readonly lines: readonly string[];
}

interface Difference {
  readonly cassette: Cassette;
  readonly part: string;
  /** From 1. */
  readonly line: number;
  /** The heading that stands above the line; undefined when there is none. */
  readonly heading: string | undefined;
  readonly asked: string | undefined;
  readonly recorded: string | undefined;
  /** Lines that are alike from the start. */
  readonly alike: number;
}

/** Says which part of the request differs from the nearest recording, with the first line that differs. */
export function explainMiss(request: Question, recordings: readonly Cassette[]): string {
  const nearest = findNearest(splitParts(normalizeRequest(request)), recordings);
  if (!nearest) return 'Nothing is recorded yet.';
  const { part, line, heading, asked, recorded, cassette } = nearest;
  const place = `${part}, line ${line}${heading === undefined ? '' : `, under "${clip(heading)}"`}`;
  return [
    `The nearest recording (${cassette.key.slice(0, 12)}, by ${cassette.answeredBy.model}) differs in ${place}:`,
    `  asked:    ${renderLine(asked)}`,
    `  recorded: ${renderLine(recorded)}`,
  ].join('\n');
}

/** The recording that goes on alike the longest; of equals, the first. */
function findNearest(asked: readonly Part[], recordings: readonly Cassette[]): Difference | undefined {
  let nearest: Difference | undefined;
  for (const cassette of recordings) {
    const difference = findDifference(asked, cassette);
    if (!nearest || difference.alike > nearest.alike) nearest = difference;
  }
  return nearest;
}

function findDifference(asked: readonly Part[], cassette: Cassette): Difference {
  const recorded = splitParts(requestOf(cassette));
  let alike = 0;
  for (let index = 0; index < Math.max(asked.length, recorded.length); index++) {
    const [one, other] = [asked[index], recorded[index]];
    const at = firstDifferentLine(one?.lines ?? [], other?.lines ?? []);
    if (one?.name === other?.name && at === undefined) {
      alike += one?.lines.length ?? 0;
      continue;
    }
    const line = at ?? 0;
    return {
      cassette,
      part: one?.name ?? `${other?.name ?? ''} (which was not asked)`,
      line: line + 1,
      heading: findHeading(one?.lines ?? other?.lines ?? [], line),
      asked: one?.lines[line],
      recorded: other?.lines[line],
      alike: alike + line,
    };
  }
  // Equal texts under another key: the recording was renamed, or its secrets were taken out of the request.
  return {
    cassette,
    part: 'nothing but its key',
    line: 1,
    heading: undefined,
    asked: undefined,
    recorded: undefined,
    alike,
  };
}

function splitParts({ system, messages }: Question): readonly Part[] {
  return [
    { name: 'the system text', lines: toLines(system) },
    ...messages.map(({ role, text }, index) => ({
      name: `message ${index + 1} (${role})`,
      lines: toLines(text),
    })),
  ];
}

function firstDifferentLine(one: readonly string[], other: readonly string[]): number | undefined {
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index++) if (one[index] !== other[index]) return index;
  return undefined;
}

function findHeading(lines: readonly string[], before: number): string | undefined {
  return lines.slice(0, before).findLast((line) => /^(#{1,6} |<[a-z][^>]*>\s*$)/i.test(line));
}

function renderLine(line: string | undefined): string {
  return line === undefined ? '(nothing)' : JSON.stringify(clip(line));
}

function clip(line: string): string {
  const width = 120;
  return line.length <= width ? line : `${line.slice(0, width)}…`;
}
