import type { RunScope, RunSubject } from '../runScope.ts';

/**
 * What an event told of the file, with what `{diff}` needs where an action asks for it: the text now, and the text before,
 * as it was committed last where the event does not say.
 */
export async function completeSubject({
  deps,
  root,
  file,
  subject,
  actions,
  cause,
  signal,
}: RunScope): Promise<RunSubject> {
  const asks = actions.some(({ message, command }) => JSON.stringify([message, command]).includes('{diff}'));
  if (!asks || cause.event === 'delete') return subject;
  const text = subject.text ?? (await deps.edits.current(root, file, signal));
  const before =
    subject.before ??
    (cause.event === 'create' ? undefined : await deps.git.committed(root, subject.oldFile ?? file, signal));
  return {
    ...subject,
    ...(text === undefined ? {} : { text }),
    ...(before === undefined ? {} : { before }),
  };
}
