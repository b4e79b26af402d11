import nodeModule from 'node:module';
import type { SyntaxFault } from '../../engine/ports/syntax.ts';

const maxChars = 256 * 1024;

/** `unknown`: this Node reads no TypeScript, or not so much of it. */
export type TypeScriptReading = 'typescript' | 'unknown' | SyntaxFault;

/**
 * What Node itself makes of a text as TypeScript, where it can read it. The grammar knows less than the language, such as
 * that a property may be called `abstract`, and passes over other things. What Node reads but cannot run, such as `enum`,
 * is TypeScript all the same; so are declarations that stand in files that only declare.
 */
export function readTypeScript(text: string): TypeScriptReading {
  const strip: unknown = Reflect.get(nodeModule, 'stripTypeScriptTypes');
  if (typeof strip !== 'function' || text.length > maxChars) return 'unknown';
  try {
    Reflect.apply(strip, undefined, [text]);
    return 'typescript';
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) return 'unknown';
    if (error.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') return 'typescript';
    const line = /^:(\d+)\n/.exec(error.stack ?? '')?.[1];
    if (error.code !== 'ERR_INVALID_TYPESCRIPT_SYNTAX' || line === undefined) return 'unknown';
    // It cannot be told that a file only declares.
    if (/must be initialized/.test(error.message)) return 'unknown';
    return { line: Number(line) - 1, message: `SyntaxError: ${error.message}`.slice(0, 200) };
  }
}
