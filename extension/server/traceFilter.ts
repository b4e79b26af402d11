import { beat, readSecret } from '../../server/protocol/requests.ts';

/**
 * True if a line of the protocol trace may be shown. Messages that carry a key are left out, and so are traces in
 * JSON form, since there an answer does not name its request; and signs of life, of which there is one each second.
 */
export function isTraceable(line: string): boolean {
  return (
    !line.includes(readSecret.method) &&
    !line.includes(`'${beat.method}'`) &&
    !line.trimStart().startsWith('{')
  );
}
