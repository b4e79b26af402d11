/** How Node reads a JavaScript file, by its extension or by the nearest package.json; `manifest` is undefined if there is none. */
export function readModuleType(path: string, manifest: string | undefined): 'module' | 'commonjs' {
  if (path.endsWith('.mjs')) return 'module';
  if (path.endsWith('.cjs')) return 'commonjs';
  try {
    const parsed: unknown = JSON.parse(manifest ?? '{}');
    return typeof parsed === 'object' && parsed !== null && 'type' in parsed && parsed.type === 'module'
      ? 'module'
      : 'commonjs';
  } catch {
    return 'commonjs';
  }
}
