import type { NumberedChunk } from './parsedAnswer.ts';
import { joinLines } from './readBlock.ts';

export type ChunkRead =
  /** `next`: the line after the chunk. */
  | { readonly kind: 'chunk'; readonly chunk: NumberedChunk; readonly next: number }
  | { readonly kind: 'broken'; readonly message: string; readonly next: number };

const opening = /^<{5,9} ?CHUNK ?#?(\d{1,5})\b.{0,120}$/iu;
const closing = /^>{5,9} ?END\b.{0,120}$/iu;

export function isChunkMarker(line: string): boolean {
  return opening.test(line);
}

/** Reads the numbered chunk whose first marker stands on line `start`. */
export function readChunk(lines: readonly string[], start: number): ChunkRead {
  const number = Number(opening.exec(lines[start] ?? '')?.[1]);
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (closing.test(line)) {
      const text = joinLines(lines.slice(start + 1, at));
      return { kind: 'chunk', chunk: { number, text }, next: at + 1 };
    }
    if (opening.test(line)) return { kind: 'broken', message: unended(number), next: at };
  }
  return { kind: 'broken', message: unended(number), next: lines.length };
}

/** As a prompt shows it, and as an answer gives it back. Without the last line break. */
export function renderChunk({ number, text }: NumberedChunk): string {
  return `<<<<<<< CHUNK ${number}\n${text}>>>>>>> END`;
}

function unended(number: number): string {
  return `Chunk ${number} has no line ">>>>>>> END". End each chunk with it.`;
}
