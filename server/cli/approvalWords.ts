import { usageError, type ApprovalsAction, type Invocation, type UsageError } from './invocation.ts';
import { WrongWords, type Words } from './words.ts';

/** By what rules may act here: everything at once, or what a file says. */
export function readRights(words: Words): {
  readonly trust: boolean;
  readonly approvals: string | undefined;
} {
  const [trust, approvals] = [words.flag('trust'), words.text('approvals')];
  if (trust && approvals !== undefined)
    throw new WrongWords('--trust allows every rule, --approvals those of a file; give one of them.');
  return { trust, approvals };
}

const verbs = ['list', 'add', 'remove', 'export', 'verify'] as const;

/** `approvals VERB`, with rules or a file. */
export function interpretApprovals(words: Words): Invocation | UsageError {
  const [word, ...names] = words.positionals;
  const verb = verbs.find((each) => each === word);
  if (verb === undefined) return usageError('approvals', `Say what to do: ${verbs.join(', ')}.`);
  const action = readAction(verb, names, words);
  return 'kind' in action ? action : { kind: 'approvals', ...words.common(), action };
}

function readAction(
  verb: (typeof verbs)[number],
  names: readonly string[],
  words: Words,
): ApprovalsAction | UsageError {
  const [all, file] = [words.flag('all'), words.text('approvals')];
  const isChange = verb === 'add' || verb === 'remove';
  if (all && !isChange) return usageError('approvals', `--all is for add and remove, not for ${verb}.`);
  if (isChange) {
    if (all === names.length > 0)
      return usageError('approvals', `Name the rules to ${verb}, or write --all.`);
    return { verb, rules: names, file };
  }
  if (verb === 'list') {
    const [extra] = names;
    return extra === undefined ? { verb, file } : usageError('approvals', `${extra} is not expected here.`);
  }
  const [name, extra] = file === undefined ? names : [file, ...names];
  if (name === undefined) return usageError('approvals', `Name the file to ${verb}.`);
  return extra === undefined
    ? { verb, file: name }
    : usageError('approvals', `Only one file can be named; ${extra} is too many.`);
}
