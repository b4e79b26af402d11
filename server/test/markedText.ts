/** A text with the places that its marks `<|…|>` enclosed, in order of their ends. */
export interface MarkedText {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/** Takes the marks out of a text: the places that a test speaks about are then written where they are. */
export function parseMarkedText(marked: string): MarkedText {
  const spans: { start: number; end: number }[] = [];
  const starts: number[] = [];
  let text = '';
  for (let at = 0; at < marked.length;) {
    const mark = marked.slice(at, at + 2);
    if (mark === '<|') starts.push(text.length);
    else if (mark === '|>') spans.push({ start: starts.pop() ?? 0, end: text.length });
    else text += marked[at] ?? '';
    at += mark === '<|' || mark === '|>' ? 2 : 1;
  }
  return { text, spans };
}
