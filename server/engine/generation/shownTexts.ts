import type { PromptPiece, PromptRule } from './promptInput.ts';

/** What of the texts of rules stands in a prompt already. */
export class ShownTexts {
  readonly #texts = new Set<string>();
  /** Of pieces. */
  readonly #sources = new Set<string>();

  /** Whether the whole body stands there already. */
  hasBody({ body }: PromptRule): boolean {
    return this.#texts.has(body.trim());
  }

  /** The body and the messages of a rule as far as they do not stand there yet; from now on they do. */
  take(rule: PromptRule): string {
    const body = this.#takeBody(rule);
    const messages = (rule.messages ?? []).map((message) => message.trim());
    const fresh = messages.filter((text) => text !== '' && !this.#texts.has(text));
    for (const text of messages) this.#add(text);
    return [...new Set([body, ...fresh])].filter((text) => text !== '').join('\n\n');
  }

  #takeBody({ body, pieces = [] }: PromptRule): string {
    const fresh = pieces.filter((piece) => !this.#hasPiece(piece));
    const text = fresh.length === pieces.length ? body : fresh.map((piece) => piece.text).join('');
    this.#add(body.trim());
    for (const piece of pieces) {
      this.#sources.add(piece.source);
      this.#add(piece.text.trim());
    }
    return text.trim();
  }

  /** What a file says itself may be a word or two that others say too. */
  #hasPiece({ text, source, isOwn }: PromptPiece): boolean {
    return text.trim() !== '' && (this.#sources.has(source) || (!isOwn && this.#texts.has(text.trim())));
  }

  #add(text: string): void {
    if (text !== '') this.#texts.add(text);
  }
}
