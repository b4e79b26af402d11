/** The file that a test of a target stands in: its modules are files below the target's root as far as there are such. */
export function fileOfTest(root: string, name: string, isFile: (path: string) => boolean): string {
  const folder = root.slice(0, root.lastIndexOf('/') + 1);
  const modules = name.split('::').slice(0, -1);
  for (let length = modules.length; length > 0; length -= 1) {
    const path = folder + modules.slice(0, length).join('/');
    const found = [`${path}.rs`, `${path}/mod.rs`].find(isFile);
    if (found !== undefined) return found;
  }
  return root;
}

/** Zero-based line of the function of a test; undefined: it is not there, as where a macro makes it. */
export function lineOfTest(text: string, name: string): number | undefined {
  const word = name.slice(name.lastIndexOf('::') + 1).replace(/^:+/u, '');
  if (!/^\w+$/u.test(word)) return undefined;
  const lines = text.split('\n');
  const declares = (line: string): boolean => new RegExp(`\\bfn ${word}\\b`, 'u').test(line);
  const all = lines.flatMap((line, index) => (declares(line) ? [index] : []));
  // Of functions with one name, the one below an attribute is the test.
  const marked = all.find((index) => /^\s*#\[.*\]\s*$/u.test(lines[index - 1] ?? ''));
  return marked ?? all[0];
}

/** Whether a source holds tests of its own. */
export function holdsRustTests(text: string): boolean {
  return /#\[(?:\w+::)*(?:test|rstest|test_case|proptest)\b/u.test(text);
}
