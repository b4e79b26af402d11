import type { SyntaxCheck } from '../../engine/ports/syntax.ts';
import { checkJson } from './jsonSyntax.ts';

const stringOrComment = /"(?:[^"\\\r\n]|\\.)*"|\/\/[^\r\n]*|\/\*[^]*?\*\//g;
const stringOrTrailingComma = /"(?:[^"\\\r\n]|\\.)*"|,(?=[ \t\r\n]*[}\]])/g;

/** JSON as tools read their settings: with comments and trailing commas, and an empty text means none. */
export function checkJsonWithComments(text: string): SyntaxCheck {
  const bare = text
    .replace(stringOrComment, (found) => (found.startsWith('"') ? found : blank(found)))
    .replace(stringOrTrailingComma, (found) => (found === ',' ? ' ' : found));
  return bare.replace(/^\uFEFF/, '').trim() === '' ? { kind: 'parsed' } : checkJson(bare);
}

/** Places stay what they are. */
function blank(comment: string): string {
  return comment.replace(/[^\r\n]/g, ' ');
}
