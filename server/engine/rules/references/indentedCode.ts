/** Where a line of Markdown stands among the lists and paragraphs before it. */
export interface IndentedCode {
  /** Whether the line is a part of a code block that is made by indentation alone: four columns, behind an empty line. */
  next(content: string): boolean;
  /** What the next line follows is no paragraph: a code fence ended there. */
  breakOff(): void;
}

const marker = /^([-*+]|\d{1,9}[.)])([ \t]+|$)/;
const blockEnd = /^#{1,6}(?:[ \t]|$)|^(?:[-*_][ \t]*){3,}$/;

/** Reads lines one after the other, from the first of a text on. */
export function createIndentedCode(): IndentedCode {
  // Columns at which the contents of the open lists begin, the outermost first.
  let lists: readonly number[] = [];
  // Behind an empty line, a heading or code a line begins something new; in a paragraph its indentation says nothing.
  let isFree = true;
  return {
    next: (content) => {
      const text = content.trimStart();
      if (text === '') {
        isFree = true;
        return false;
      }
      const column = widthOf(content.slice(0, content.length - text.length));
      const item = marker.exec(text);
      // A line of a paragraph may stand further left than its list.
      if (isFree || item !== null) lists = lists.filter((inner) => inner <= column);
      const inset = column - (lists.at(-1) ?? 0);
      if (isFree && inset >= 4) return true;
      isFree = blockEnd.test(text);
      if (item === null || inset >= 4 || isFree) return false;
      const [, sign = '', gap = ''] = item;
      const width = widthOf(gap);
      lists = [...lists, column + sign.length + (width >= 1 && width <= 4 ? width : 1)];
      return false;
    },
    breakOff: () => {
      isFree = true;
    },
  };
}

/** Columns of an indentation; a tab goes to the next multiple of four. */
function widthOf(indentation: string): number {
  let width = 0;
  for (const character of indentation) width += character === '\t' ? 4 - (width % 4) : 1;
  return width;
}
