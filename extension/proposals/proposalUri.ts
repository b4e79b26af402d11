export const proposalScheme = 'codegen-lab-proposal';

export type ProposalSide = 'before' | 'after';

export interface ProposalPlace {
  readonly side: ProposalSide;
  readonly run: string;
  /** Relative to the workspace folder. */
  readonly path: string;
}

/** The parts of a URI that differ from file to file. */
export interface ProposalUriParts {
  readonly path: string;
  readonly query: string;
}

/** Both sides have the file's own path: so a diff has its language, and shows it as changed, not as moved. */
export function renderProposalUri({ side, run, path }: ProposalPlace): ProposalUriParts {
  return { path: `/${path}`, query: `${side}=${encodeURIComponent(run)}` };
}

/** undefined for what `renderProposalUri` did not make. */
export function parseProposalUri({ path, query }: ProposalUriParts): ProposalPlace | undefined {
  const [, side, run] = /^(before|after)=([^&=]+)$/.exec(query) ?? [];
  if ((side !== 'before' && side !== 'after') || !run || path.length < 2) return undefined;
  return { side, run: decodeURIComponent(run), path: path.slice(1) };
}
