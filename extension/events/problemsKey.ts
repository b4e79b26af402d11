import type { Diagnostic } from 'vscode';

const own = 'Codegen Lab';

type Problem = Pick<Diagnostic, 'source' | 'severity' | 'message' | 'range' | 'code'>;

/** Says whether the problems of a file are the same, in whatever order they come; our own do not count. */
export function problemsKey(problems: readonly Problem[]): string {
  const keys = problems
    .filter(({ source }) => source !== own)
    .map(({ source, severity, message, range, code }) =>
      JSON.stringify([source, severity, message, range, typeof code === 'object' ? code.value : code]),
    );
  return keys.toSorted().join('\n');
}
