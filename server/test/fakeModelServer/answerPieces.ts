import type { FakeAnswer, FakeUsage } from './fakeReply.ts';

/** The lines of one event. */
export type EventLines = readonly string[];

export const defaultUsage: FakeUsage = { input: 25, output: 12 };

export function namedEvent(data: { readonly type: string; readonly [key: string]: unknown }): EventLines {
  return [`event: ${data.type}`, `data: ${JSON.stringify(data)}`];
}

/** The text in the parts that become one event each. */
export function splitText({
  text,
  eventChars = 8,
}: Pick<FakeAnswer, 'text' | 'eventChars'>): readonly string[] {
  const characters = Array.from(text);
  const parts: string[] = [];
  for (let start = 0; start < characters.length; start += eventChars) {
    parts.push(characters.slice(start, start + eventChars).join(''));
  }
  return parts;
}
