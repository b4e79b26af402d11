import type { AuditEntry } from '../../protocol/audit.ts';
import { chainDigest } from '../chainDigest.ts';

const shape = /^\{"after":"([\w]+)","sum":"([0-9a-f]{32})","entries":/u;

/** What the first line of a log follows. */
export const firstSum = 'audit';

export interface AuditLine {
  /** Digest of the line that it was written after. */
  readonly after: string;
  readonly sum: string;
  /** At least one. */
  readonly entries: readonly [AuditEntry, ...AuditEntry[]];
}

/**
 * One line of a log: `{"after":"…","sum":"…","entries":[…]}`, with the entries that became durable together. `sum` is a keyed
 * digest over `after` and these entries, so each line is vouched for alone, and the order of all of them by `after`. `jsons`:
 * each entry, serialized.
 */
export function renderAuditLine(
  key: Buffer,
  after: string,
  jsons: readonly string[],
): { readonly line: string; readonly sum: string } {
  const json = `[${jsons.join(',')}]`;
  const sum = chainDigest(key, after, json);
  return { line: `{"after":"${after}","sum":"${sum}","entries":${json}}\n`, sum };
}

/** A line without its line break. `unreadable`: it is no line of a log. `altered`: its digest does not fit. */
export function readAuditLine(key: Buffer, line: Buffer): AuditLine | 'altered' | 'unreadable' {
  const [start = '', after = '', sum = ''] = shape.exec(line.toString('latin1', 0, 120)) ?? [];
  if (start === '' || line.at(-1) !== closing) return 'unreadable';
  const json = line.subarray(start.length, -1);
  if (sum !== chainDigest(key, after, json)) return 'altered';
  // What carries our digest is what we wrote.
  const [first, ...others] = JSON.parse(json.toString('utf8')) as readonly AuditEntry[];
  return first === undefined ? 'unreadable' : { after, sum, entries: [first, ...others] };
}

const closing = '}'.charCodeAt(0);
