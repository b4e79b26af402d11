import type { Finding } from '../../protocol/text.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { renderFindings } from './renderFindings.ts';
import { renderGithub } from './renderGithub.ts';
import { renderJson } from './renderJson.ts';
import { renderJunit } from './renderJunit.ts';
import { renderSarif } from './renderSarif.ts';

export const findingFormats = ['human', 'json', 'sarif', 'github', 'junit'] as const;

export type FindingFormat = (typeof findingFormats)[number];

/** Findings as one of the formats that people and other programs read. */
export function renderReport(
  format: FindingFormat,
  findings: readonly Finding[],
  context: Pick<CommandContext, 'root' | 'cwd' | 'paints' | 'version'>,
): string {
  const showPath = pathShower(context);
  switch (format) {
    case 'human':
      return renderFindings({ findings, showPath, paint: context.paints.stdout });
    case 'json':
      return renderJson(findings);
    case 'sarif':
      return renderSarif({ findings, showPath, version: context.version });
    case 'github':
      return renderGithub({ findings, showPath });
    case 'junit':
      return renderJunit({ findings, showPath });
  }
}

/** Says on standard error why warnings alone are a failure. */
export function tellWarnings(
  maxWarnings: number | undefined,
  findings: readonly Finding[],
  { output }: Pick<CommandContext, 'output'>,
): void {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  if (maxWarnings !== undefined && warnings > maxWarnings)
    output.stderr(`${warnings} warnings are more than the ${maxWarnings} that --max-warnings allows.\n`);
}
