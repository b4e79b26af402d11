import type { Rule, RuleDocument } from '../rule.ts';
import { parseEventPattern } from '../vocabulary/events.ts';

/**
 * Whether two readings of a rule file say the same: every value, the number of blocks and, apart from blocks, the body. An
 * error may vanish, none may appear.
 */
export function meansTheSame(before: RuleDocument, after: RuleDocument): boolean {
  if (before.blocks.length !== after.blocks.length || countErrors(after) > countErrors(before)) return false;
  if (withoutBlocks(before) !== withoutBlocks(after)) return false;
  const others = [after.file, ...after.blocks];
  return [before.file, ...before.blocks].every((rule, at) => {
    const other = others[at];
    return other !== undefined && renderValues(rule) === renderValues(other);
  });
}

function countErrors({ problems }: RuleDocument): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

function withoutBlocks({ file, blocks, text }: RuleDocument): string {
  const pieces: string[] = [];
  let at = text.length - file.body.length;
  for (const { span } of blocks) {
    pieces.push(text.slice(at, span.start));
    at = span.end;
  }
  // A closing tag on a line of its own brings the line break behind it along.
  return [...pieces, text.slice(at)].map((piece) => piece.replace(/^[\n\r]+|[\n\r]+$/g, '')).join('\n');
}

/** What is no value of a rule: places, spellings, and what follows from the others or from the path. */
const passedOver: ReadonlySet<string> = new Set([
  ...[
    'id',
    'path',
    'scope',
    'name',
    'source',
    'body',
    'span',
    'written',
    'active',
    'inactiveReason',
    'fault',
  ],
]);

/** All that a rule says, without the places where it says it. */
function renderValues(rule: Rule): string {
  const name = rule.written.has('name') ? rule.name : '';
  const filters = rule.filters.map((filter) =>
    filter.type === 'event'
      ? { ...filter, pattern: parseEventPattern(filter.pattern).events.join('|') }
      : filter,
  );
  const values = JSON.stringify({ ...rule, filters }, (key, value: unknown) =>
    passedOver.has(key) || isPlace(value) ? undefined : value,
  );
  return `${name} ${values}`;
}

function isPlace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}
