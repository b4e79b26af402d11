import nodeModule from 'node:module';

const maxChars = 256 * 1024;

/**
 * Whether Node itself reads a text as TypeScript, where it can: its grammar knows less than the language, such as that
 * a property may be called `abstract`. What Node reads but cannot run, such as `enum`, is TypeScript all the same.
 */
export function isTypeScript(text: string): boolean {
  const strip: unknown = Reflect.get(nodeModule, 'stripTypeScriptTypes');
  if (typeof strip !== 'function' || text.length > maxChars) return false;
  try {
    Reflect.apply(strip, undefined, [text]);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX';
  }
}
