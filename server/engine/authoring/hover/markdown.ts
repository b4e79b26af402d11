/** Text in Markdown as code, whatever it holds. */
export function code(text: string): string {
  const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  const longest = Math.max(0, ...(short.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const pad = longest > 0 || short.startsWith(' ') ? ' ' : '';
  return short === '' ? '' : `${ticks}${pad}${short.replaceAll(/[\n\r]+/g, ' ')}${pad}${ticks}`;
}

/** Text in Markdown as text: a rule file is written by others, and its words must not become links or images. */
export function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-!<>|&~]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
