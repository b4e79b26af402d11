import type { FoundHook, HookFile } from '../../engine/ports/gitHooks.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { addBlock, holdsBlock, withoutBlock } from '../hooks/hookText.ts';
import { usageError, type HooksInvocation, type UsageError } from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';

/** `codegen-lab hooks`: has git check what is staged before each commit, stops that, or tells whether it does. */
export async function manageHooks(
  invocation: HooksInvocation,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { hooks, root, output } = context;
  const found = await hooks.find(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  if (found.kind === 'failed') return usageError('hooks', found.message);
  const result =
    found.kind === 'managed'
      ? tellManaged(invocation, found)
      : await changeFile(invocation, found.place, context);
  if (typeof result === 'string') return usageError('hooks', result);
  const path = found.kind === 'managed' ? found.path : found.place.path;
  const by = found.kind === 'managed' ? found.by : found.place.by;
  const { installed, message } = result;
  output.stdout(
    invocation.json
      ? renderJson({ installed, by, path, message: message(path) })
      : `${message(plainLine(showHook(path, context)))}\n`,
  );
  return installed === (invocation.action !== 'remove') ? exitCodes.good : exitCodes.findings;
}

interface HookResult {
  readonly installed: boolean;
  readonly message: (path: string) => string;
}

function showHook(path: string, { root, cwd }: CommandContext): string {
  return path.startsWith(root) ? pathShower({ root, cwd })(path.slice(root.length + 1)) : path;
}

/** What went wrong is a sentence. */
async function changeFile(
  { action }: HooksInvocation,
  place: HookFile,
  { hooks }: CommandContext,
): Promise<HookResult | string> {
  const { text, folder } = place;
  const isThere = holdsBlock(text);
  switch (action) {
    case 'status':
      return isThere ? there : absent;
    case 'install': {
      const change = addBlock(text, folder);
      if (change.kind === 'refused') return `${place.path} ${change.reason}.`;
      const fault = change.text === text ? undefined : await hooks.write(place, change.text);
      return (
        fault ?? { installed: true, message: (path) => `Each commit is checked from now on, by ${path}.` }
      );
    }
    case 'remove': {
      if (text === undefined || !isThere) return absent;
      const fault = await hooks.write(place, withoutBlock(text));
      return fault ?? { installed: false, message: (path) => `Commits are no longer checked by ${path}.` };
    }
  }
}

const there: HookResult = { installed: true, message: (path) => `Each commit is checked, by ${path}.` };
const absent: HookResult = { installed: false, message: (path) => `Commits are not checked by ${path}.` };

const snippets = {
  lefthook: `pre-commit:
  commands:
    codegen-lab:
      run: npx codegen-lab check --staged`,
  'pre-commit': `repos:
  - repo: local
    hooks:
      - id: codegen-lab
        name: codegen-lab
        entry: npx codegen-lab check --staged
        language: system
        pass_filenames: false`,
} as const;

/** People wrote that file, and it may have any form: the lines are shown, and nothing is written. */
function tellManaged(
  { action }: HooksInvocation,
  { by, text }: FoundHook & { readonly kind: 'managed' },
): HookResult {
  const isThere = /codegen-lab\s+check\s+--staged/.test(text);
  if (action === 'status') return isThere ? there : absent;
  if (action === 'remove')
    return isThere
      ? {
          installed: true,
          message: (path) => `Take the lines with “codegen-lab” out of ${path}; then run ${by} install.`,
        }
      : absent;
  if (isThere) return there;
  return {
    installed: false,
    message: (path) =>
      `${by} writes the hooks here. Add this to ${path}, then run “${by} install”:\n\n${snippets[by]}`,
  };
}
