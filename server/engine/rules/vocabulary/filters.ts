/** Every filter, with the other names that public rules use for it. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  file_extension: [],
  file_name: [],
  file_path: ['path'],
  directory: [],
  glob: [],
  language: [],
  content: [],
  changed_content: [],
  file_size: [],
  line_count: [],
  event: [],
  message: ['context'],
  tests: [],
  exists: ['related_file'],
  missing: [],
  git: [],
};

const filterBySpelling = new Map<string, string>(
  Object.entries(spellings).flatMap(([type, others]) =>
    [type, ...others].map((each) => [each, type] as const),
  ),
);

/** The canonical type; undefined when nobody knows the word. */
export function resolveFilterType(word: string): string | undefined {
  return filterBySpelling.get(word.toLowerCase().replaceAll('-', '_'));
}

export const filterWords: readonly string[] = [...filterBySpelling.keys()];

/** Older names of `changed_content` that, without an `event` filter beside them, mean that the file was saved. */
export const changeSpellings: readonly string[] = ['file_change', 'file_modification'];

const patternFilters = new Set([
  'file_extension',
  'file_name',
  'file_path',
  'directory',
  'content',
  'changed_content',
  'message',
]);

/** Whether the filter's pattern is a regular expression. */
export function takesPattern(type: string): boolean {
  return patternFilters.has(type);
}
