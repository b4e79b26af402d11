/** JSON with comments and commas before a closing bracket, as the editor's own files have it; undefined when it is none. */
export function parseJsonc(text: string): unknown {
  try {
    return JSON.parse(withoutCommas(withoutComments(text.replace(/^\uFEFF/u, ''))));
  } catch {
    // Whoever reads the file says that it cannot be understood.
    return undefined;
  }
}

const tokens = /"(?:[^"\\]|\\[^])*"|\/\/[^\n\r]*|\/\*[^]*?\*\//gu;

function withoutComments(text: string): string {
  return text.replace(tokens, (token) => (token.startsWith('"') ? token : ' '));
}

function withoutCommas(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[^])*"|,(?=\s*[}\]])/gu, (token) => (token === ',' ? '' : token));
}
