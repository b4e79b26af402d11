import type { Random } from '../engine/ports/random.ts';
import { ruleFilePieces } from './ruleFilePieces.ts';

const maxLength = 65_536;
const maxChanges = 8;

/** A generator of damaged rule files: one of `samples` with one to eight changes, the same for the same `random`. */
export function createMutator(samples: readonly string[], random: Random): () => string {
  const below = (limit: number): number => Math.min(limit - 1, Math.floor(random.fraction() * limit));
  const pick = (from: readonly string[]): string => from[below(from.length)] ?? '';
  const place = (text: string): number => below(text.length + 1);
  const changes: readonly ((text: string) => string)[] = [
    (text) => splice(text, place(text), below(40), ''),
    (text) => splice(text, place(text), 0, pick(ruleFilePieces)),
    (text) => splice(text, place(text), 1, pick(ruleFilePieces)),
    (text) => splice(text, place(text), 0, String.fromCharCode(below(0x250))),
    (text) => {
      const other = pick(samples);
      const from = place(other);
      return splice(text, place(text), 0, other.slice(from, from + below(400)));
    },
    (text) => {
      const from = place(text);
      return splice(text, place(text), 0, text.slice(from, from + below(120)));
    },
    (text) => text.slice(0, place(text)),
    (text) => text.slice(place(text)),
    (text) => (below(8) === 0 ? text.replaceAll('\n', pick(['\r\n', '\r', '\n\n'])) : text),
    (text) =>
      below(20) === 0
        ? splice(text, place(text), 0, repeatPiece(pick(ruleFilePieces), below(maxLength)))
        : text,
    (text) =>
      below(20) === 0
        ? splice(
            text,
            place(text),
            0,
            repeatPiece(`${pick(ruleFilePieces)}${pick(ruleFilePieces)}`, below(maxLength)),
          )
        : text,
  ];
  return () => {
    let text = pick(samples);
    for (let count = 1 + below(maxChanges); count > 0; count -= 1)
      text = changes[below(changes.length)]?.(text) ?? text;
    return text;
  };
}

function splice(text: string, at: number, removed: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + removed);
}

function repeatPiece(piece: string, length: number): string {
  return piece.repeat(Math.floor(length / Math.max(piece.length, 1)));
}
