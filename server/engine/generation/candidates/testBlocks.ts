/** The lines of a test in a text that need not parse. */
export interface TestBlock {
  readonly name: string;
  /** Zero-based, the last one too. */
  readonly first: number;
  readonly last: number;
}

/** How a test begins, with its indentation and its name; and what may stand above it and belongs to it. */
const beginnings: readonly (readonly [ending: RegExp, test: RegExp, above: RegExp])[] = [
  [/\.py$/u, /^([ \t]*)(?:async[ \t]+)?def[ \t]+(test\w*)/u, /^[ \t]*(?:@|#)/u],
  [/\.[cm]?[jt]sx?$/u, /^([ \t]*)(?:test|it)(?:\.\w+)*\(\s*(?:['"`](.*?)['"`])?/u, /^[ \t]*(?:\/\/|\/?\*)/u],
  [/_test\.go$/u, /^()func[ \t]+((?:Test|Example|Fuzz)\w*)/u, /^\/\//u],
];

/**
 * Tests of a text by how their first lines begin, each up to the next line that is not indented deeper and does not close it.
 * That is what people see of a text too that does not parse; a tree of it may take what follows a fault for a part of it.
 */
export function findTestBlocks(path: string, text: string): readonly TestBlock[] {
  const known = beginnings.find(([ending]) => ending.test(path));
  if (known === undefined) return [];
  const [, test, above] = known;
  const lines = text.split('\n');
  return lines.flatMap((line, at): readonly TestBlock[] => {
    const [whole, indent = '', name = ''] = test.exec(line) ?? [];
    if (whole === undefined) return [];
    let first = at;
    while (first > 0 && above.test(lines[first - 1] ?? '')) first -= 1;
    let last = at;
    while (last + 1 < lines.length && !endsBlock(lines[last + 1] ?? '', indent)) last += 1;
    if (isClosing(lines[last + 1] ?? '', indent)) last += 1;
    while (last > at && (lines[last] ?? '').trim() === '') last -= 1;
    return [{ name: name === '' ? `line ${at + 1}` : name, first, last }];
  });
}

function endsBlock(line: string, indent: string): boolean {
  return line.trim() !== '' && depthOf(line) <= indent.length;
}

/** `});` of the test itself, which stands as deep as it begins. */
function isClosing(line: string, indent: string): boolean {
  return depthOf(line) === indent.length && /^[)}\]]/u.test(line.trim());
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The text without the lines of a block. */
export function withoutBlock(text: string, { first, last }: TestBlock): string {
  const lines = text.split('\n');
  const isGap = (lines[first - 1] ?? '').trim() === '';
  let end = last;
  while (isGap && end + 1 < lines.length && (lines[end + 1] ?? '').trim() === '') end += 1;
  return [...lines.slice(0, first), ...lines.slice(end + 1)].join('\n');
}
