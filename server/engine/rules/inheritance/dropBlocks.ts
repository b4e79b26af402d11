import type { Span } from '../../documents/span.ts';
import type { TextPiece } from './textPiece.ts';

/** A body without blocks that nearer ones replace; nothing is included inside a block, so each lies in one piece. */
export function dropBlocks(
  pieces: readonly TextPiece[],
  path: string,
  blocks: readonly Span[],
): readonly TextPiece[] {
  if (blocks.length === 0) return pieces;
  return pieces.flatMap((piece) => {
    const inside = blocks.filter(
      ({ start, end }) => piece.path === path && piece.span.start <= start && end <= piece.span.end,
    );
    let from = piece.span.start;
    const kept: TextPiece[] = [];
    for (const { start, end } of inside) {
      kept.push(cut(piece, from, start));
      from = end;
    }
    return from === piece.span.start ? [piece] : [...kept, cut(piece, from, piece.span.end)];
  });
}

function cut({ text, path, span }: TextPiece, start: number, end: number): TextPiece {
  return { text: text.slice(start - span.start, end - span.start), path, span: { start, end } };
}
