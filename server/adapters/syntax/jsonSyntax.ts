import type { SyntaxCheck } from '../../engine/ports/syntax.ts';

/** Whether a text is JSON, and the line where it stops being so. */
export function checkJson(text: string): SyntaxCheck {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return { kind: 'parsed' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'broken', faults: [{ line: lineOfFault(text), message: message.slice(0, 200) }] };
  }
}

const token =
  /[ \t\r\n]+|[{}[\],:]|"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next: a value, a key, or what stands between them. */
type Wanted = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'comma' | 'nothing';

/** The engine's own messages do not always say where; so the tokens are walked once more. */
function lineOfFault(text: string): number {
  const open: string[] = [];
  let wanted: Wanted = 'value';
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) break;
    if (found.trim() !== '') {
      const next = afterToken(found, wanted, open);
      if (next === undefined) break;
      wanted = next;
    }
    at += found.length;
  }
  return text.slice(0, at).split('\n').length - 1;
}

/** undefined: the token may not stand here. */
function afterToken(found: string, wanted: Wanted, open: string[]): Wanted | undefined {
  const first = found.charAt(0);
  if (first === '}' || first === ']') return closes(first, wanted, open) ? afterValue(open) : undefined;
  if (wanted === 'key' || wanted === 'keyOrEnd') return first === '"' ? 'colon' : undefined;
  if (wanted === 'colon') return first === ':' ? 'value' : undefined;
  if (wanted === 'comma') {
    if (first !== ',') return undefined;
    return open.at(-1) === '{' ? 'key' : 'value';
  }
  if (wanted === 'nothing' || first === ',' || first === ':') return undefined;
  if (first !== '{' && first !== '[') return afterValue(open);
  open.push(first);
  return first === '{' ? 'keyOrEnd' : 'valueOrEnd';
}

function closes(bracket: string, wanted: Wanted, open: string[]): boolean {
  const allowed = wanted === 'comma' || wanted === (bracket === '}' ? 'keyOrEnd' : 'valueOrEnd');
  return allowed && open.pop() === (bracket === '}' ? '{' : '[');
}

function afterValue(open: readonly string[]): Wanted {
  return open.length === 0 ? 'nothing' : 'comma';
}
