/**
 * The file and the line, counted from 1, that a place of a prompt shows, such as `src/a.js:12`; undefined: it belongs to no
 * file. The line is that of the text as it is shown. What stands inside a fence opens no section, whatever it looks like.
 */
export function placeInPrompt(text: string, offset: number): string | undefined {
  section.lastIndex = 0;
  for (let found = section.exec(text); found !== null; found = section.exec(text)) {
    const [whole, name = '', role = '', fence = ''] = found;
    const start = found.index + whole.length;
    if (start > offset) return undefined;
    const closing = text.indexOf(`\n${fence}\n`, start - 1);
    const end = closing < 0 ? text.length : closing;
    if (offset < end) {
      const isWhole = !role.includes('chunks') && role !== '';
      return isWhole ? `${name}:${text.slice(start, offset).split('\n').length}` : name;
    }
    section.lastIndex = end;
  }
  return undefined;
}

/** A heading that names a file, with the role of the file, and the fence below it. */
const section = /^## (?:What changed last in )?(\S.*?)(?: \(([^()\n]*)\))?\n\n(`{3,})[^\n]*\n/gm;
