import { ruleTemplates } from '../../engine/rules/templates/ruleTemplates.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type RuleCreateInvocation, type UsageError } from '../invocation.ts';
import { renderJson } from '../render/renderJson.ts';
import { plainLine } from '../render/plainText.ts';

/** `clctl rule create`: a new rule file from a template; never in place of one that is there. */
export async function createRule(
  { rule, template, description, globs, json }: RuleCreateInvocation,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { root, files, edits, output } = context;
  const name = rule.replace(/^\.cursor\/rules\//, '').replace(/\.mdc$/, '');
  if (!isFileName(name)) {
    const message = `${rule} is no name for a rule: take letters, digits, dots, dashes and underscores, and / for folders.`;
    return usageError('ctl rule', message);
  }
  const path = `.cursor/rules/${name}.mdc`;
  if (await files.exists(root, path, signal)) return usageError('ctl rule', `${path} is there already.`);
  if (signal.aborted) return exitCodes.cancelled;
  const found = ruleTemplates.find(({ id }) => id === template);
  const after = found?.render({ name, description, globs }) ?? '';
  const outcome = await edits.land(
    { run: '', root, title: `Create ${name}`, files: [{ path, after }] },
    signal,
  );
  if (outcome.kind !== 'landed') {
    const reason = outcome.kind === 'failed' ? outcome.message : `${path} is there already.`;
    output.stderr(`${plainLine(reason)}\n`);
    return exitCodes.refused;
  }
  const shown = pathShower(context)(path);
  output.stdout(json ? renderJson({ path, template, text: after }) : `${plainLine(shown)}\n`);
  return exitCodes.good;
}

function isFileName(name: string): boolean {
  return name
    .split('/')
    .every((part) => /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(part) && !part.endsWith('.'));
}
