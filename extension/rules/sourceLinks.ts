/** A place that an effective rule names: `path:line` in a comment. */
export interface SourceLink {
  /** UTF-16 offsets of `path:line`. */
  readonly start: number;
  readonly end: number;
  /** Relative to the workspace folder, or `builtin:NAME`. */
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
}

const comment = /(?:# |<!-- )from ([^\n]+?)(?: -->)?$/gm;
const place = /(?:^|, )(.+?):(\d+)(?=, |$)/g;

/** The places in comments such as `# from .cursor/rules/base.mdc:4`. */
export function findSourceLinks(text: string): readonly SourceLink[] {
  return Array.from(text.matchAll(comment)).flatMap(({ 0: whole, 1: places = '', index }) => {
    const offset = index + whole.indexOf(places);
    return Array.from(places.matchAll(place)).map(({ 0: found, 1: path = '', 2: line = '', index: at }) => {
      const end = offset + at + found.length;
      return { start: end - path.length - line.length - 1, end, path, line: Number(line) };
    });
  });
}
