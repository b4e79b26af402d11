import type { Random } from '../../engine/ports/random.ts';

export interface Draw {
  /** A whole number from 0 on, less than the limit. */
  below(limit: number): number;
  from<Item>(list: readonly [Item, ...Item[]]): Item;
}

export function createDraw(random: Random): Draw {
  const below = (limit: number): number => Math.min(limit - 1, Math.floor(random.fraction() * limit));
  return { below, from: (list) => list[below(list.length)] ?? list[0] };
}

const maxChanges = 5;
const longest = 60_000;

/** The bytes with one to five changes: cut, doubled, flipped, with pieces of `pieces` in between, now and then very long. */
export function mutateBytes(bytes: Buffer, pieces: readonly [string, ...string[]], draw: Draw): Buffer {
  let changed = bytes;
  for (let left = 1 + draw.below(maxChanges); left > 0; left -= 1)
    changed = changeOnce(changed, pieces, draw);
  return changed;
}

function changeOnce(bytes: Buffer, pieces: readonly [string, ...string[]], draw: Draw): Buffer {
  const at = draw.below(bytes.length + 1);
  const end = Math.min(bytes.length, at + draw.below(40));
  const around = (middle: Buffer, from = at): Buffer =>
    Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(from)]);
  switch (draw.below(8)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return around(Buffer.alloc(0), end);
    case 2:
      return around(bytes.subarray(at, end));
    case 3:
      return around(Buffer.from([draw.below(256)]), Math.min(bytes.length, at + 1));
    case 4:
      return around(Buffer.from(Array.from({ length: draw.below(12) }, () => draw.below(256))));
    case 5: {
      const piece = draw.from(pieces);
      const times =
        draw.below(60) === 0 ? 1 + draw.below(Math.floor(longest / Math.max(1, piece.length))) : 1;
      return around(Buffer.from(piece.repeat(times)));
    }
    default:
      return around(Buffer.from(draw.from(pieces)), end);
  }
}

/** The bytes in parts, as a wire may bring them. */
export function splitBytes(bytes: Buffer, draw: Draw): readonly Buffer[] {
  const parts: Buffer[] = [];
  const most = draw.from([1 + draw.below(7), 64, 1_024, bytes.length + 1]);
  for (let at = 0; at < bytes.length;) {
    const size = 1 + draw.below(Math.max(most, Math.ceil(bytes.length / 200)));
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  return parts;
}
