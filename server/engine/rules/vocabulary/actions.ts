/** Every action, with the other names that public rules use for it. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  suggest: ['instructions', 'format', 'react'],
  validate: ['check', 'analyze', 'enforce'],
  reject: [],
  run: ['execute'],
  task: [],
  test: [],
  generate: [],
  generate_tests: [],
  fix: [],
  refactor: [],
  document: [],
  review: [],
  plan: [],
  workflow: [],
};

const actionBySpelling = new Map<string, string>(
  Object.entries(spellings).flatMap(([type, others]) =>
    [type, ...others].map((each) => [each, type] as const),
  ),
);

/** The canonical type; undefined when nobody knows the word. */
export function resolveActionType(word: string): string | undefined {
  return actionBySpelling.get(word.toLowerCase().replaceAll('-', '_'));
}

export const actionWords: readonly string[] = [...actionBySpelling.keys()];
