import type { Cassette } from './cassette.ts';

type Recorded = Omit<Cassette['request'], 'maxOutputTokens'>;

/** One thing that may differ, in the order of the file. */
interface Leaf {
  /** In the file of the recording, such as `request.messages[0].text[12]`. */
  readonly path: string;
  /** For people, such as "message 1 (user), line 13". */
  readonly name: string;
  readonly value: string;
}

interface Difference {
  readonly cassette: Cassette;
  /** undefined on the side that has nothing here. */
  readonly asked: Leaf | undefined;
  readonly recorded: Leaf | undefined;
  /** The heading that stands above; undefined when there is none. */
  readonly heading: string | undefined;
  /** Leaves that are alike from the start. */
  readonly alike: number;
}

/** Says what of a request, in the form in which it would be recorded, differs first from the nearest recording. */
export function explainMiss(request: Recorded, recordings: readonly Cassette[]): string {
  const nearest = findNearest(listLeaves(request), recordings);
  if (!nearest) return 'Nothing is recorded yet.';
  const { asked, recorded, heading, cassette } = nearest;
  const name = `The nearest recording (${cassette.key.slice(0, 12)}, by ${cassette.answeredBy.model})`;
  const leaf = asked ?? recorded;
  // The recording was renamed, or its secrets were taken out of the request.
  if (!leaf) return `${name} differs in nothing but its key.`;
  const place = `${leaf.name}${heading === undefined ? '' : `, under "${clip(heading)}"`}`;
  return [
    `${name} differs first in ${place} (${leaf.path}):`,
    `  asked:    ${renderValue(asked)}`,
    `  recorded: ${renderValue(recorded)}`,
  ].join('\n');
}

/** The recording that goes on alike the longest; of equals, the first. */
function findNearest(asked: readonly Leaf[], recordings: readonly Cassette[]): Difference | undefined {
  let nearest: Difference | undefined;
  for (const cassette of recordings) {
    const difference = findDifference(asked, cassette);
    if (!nearest || difference.alike > nearest.alike) nearest = difference;
  }
  return nearest;
}

function findDifference(asked: readonly Leaf[], cassette: Cassette): Difference {
  const recorded = listLeaves(cassette.request);
  const length = Math.max(asked.length, recorded.length);
  let alike = 0;
  while (alike < length && isSame(asked[alike], recorded[alike])) alike += 1;
  return {
    cassette,
    asked: asked[alike],
    recorded: recorded[alike],
    heading: findHeading(asked[alike] ? asked : recorded, alike),
    alike,
  };
}

function isSame(one: Leaf | undefined, other: Leaf | undefined): boolean {
  return one?.path === other?.path && one?.name === other?.name && one?.value === other?.value;
}

function listLeaves({ system, messages, tools = [], answer }: Recorded): readonly Leaf[] {
  return [
    ...listLines('the system text', 'request.system', system),
    ...messages.flatMap(({ role, text, toolCalls = [], toolResults = [] }, index) => {
      const name = `message ${index + 1} (${role})`;
      const path = `request.messages[${index}]`;
      return [
        ...toolResults.flatMap((result, nth) => [
          listJson(`${name}, result ${nth + 1}`, `${path}.toolResults[${nth}]`, {
            call: result.call,
            failed: result.failed,
          }),
          ...listLines(`${name}, result ${nth + 1}`, `${path}.toolResults[${nth}].text`, result.text),
        ]),
        ...listLines(name, `${path}.text`, text),
        ...toolCalls.map((call, nth) =>
          listJson(`${name}, call ${nth + 1}`, `${path}.toolCalls[${nth}]`, call),
        ),
      ];
    }),
    ...tools.map((tool, nth) => listJson(`tool ${nth + 1}`, `request.tools[${nth}]`, tool)),
    ...(answer ? [listJson('the form of the answer', 'request.answer', answer)] : []),
  ];
}

function listLines(name: string, path: string, lines: readonly string[]): readonly Leaf[] {
  return lines.map((value, index) => ({
    path: `${path}[${index}]`,
    name: `${name}, line ${index + 1}`,
    value,
  }));
}

function listJson(name: string, path: string, value: object): Leaf {
  return { path, name, value: JSON.stringify(value) };
}

/** The last heading or tag of the same text above a line. */
function findHeading(leaves: readonly Leaf[], before: number): string | undefined {
  const text = textPathOf(leaves[before]);
  return leaves
    .slice(0, before)
    .filter((leaf) => textPathOf(leaf) === text)
    .findLast(({ value }) => /^(#{1,6} |<[a-z][^>]*>\s*$)/i.test(value))?.value;
}

function textPathOf(leaf: Leaf | undefined): string | undefined {
  return leaf?.path.replace(/\[\d+\]$/, '');
}

function renderValue(leaf: Leaf | undefined): string {
  return leaf === undefined ? '(nothing)' : JSON.stringify(clip(leaf.value));
}

function clip(line: string): string {
  const width = 120;
  return line.length <= width ? line : `${line.slice(0, width)}…`;
}
