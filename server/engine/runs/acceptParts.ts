import type { ProposedFile } from '../../protocol/runEvents.ts';
import type { RightDenied } from '../audit/rights.ts';
import { chooseParts, type PartChoice } from './chooseParts.ts';
import { landProposal, type Acceptance, type LandingScope } from './landProposal.ts';
import { proveParts } from './proveParts.ts';
import { rejectProposal } from './rejectProposal.ts';
import { refused, type RunEnd } from './runScope.ts';

export interface PartsAcceptance extends Omit<Acceptance, 'files'> {
  /** The whole proposal. */
  readonly files: readonly ProposedFile[];
  readonly choice: PartChoice;
  /** A person knows that what is left was not proven, and wants it. */
  readonly unproven: boolean;
}

/** What is left of a proposal is not proven, so nothing has landed; a person is to be asked. */
export interface Unproven {
  readonly unproven: true;
  /** The chosen files. */
  readonly files: readonly ProposedFile[];
  /** What is wrong with them, as sentences. */
  readonly message: string;
}

/**
 * Lands what a person takes of a proposal. Where that is not all of it, it is proven anew first, since the proof was of the
 * whole; without a proof nothing lands unless the person has said so.
 */
export async function acceptParts(
  scope: LandingScope,
  { files, choice, unproven, ...acceptance }: PartsAcceptance,
): Promise<RunEnd | Unproven> {
  const { recorder } = scope;
  const chosen = chooseParts(files, choice);
  if (chosen.files.length === 0)
    return rejectProposal(
      scope,
      files.map(({ path }) => path),
    );
  if (!chosen.isNarrowed) return landProposal(scope, { ...acceptance, files });
  await recorder.record({ type: 'proposal.narrowed', by: acceptance.by, parts: chosen.parts });
  const denied = unproven ? await takeUnproven(scope, chosen.files) : undefined;
  if (denied) return refused(denied.code, denied.message);
  const proof = unproven
    ? ({ kind: 'proven', summary: 'Not proven: you took parts of the proposal as they are.' } as const)
    : await proveParts(scope, chosen.files);
  if (proof.kind !== 'proven') {
    const reason = proof.kind === 'cancelled' ? 'The proof was stopped.' : proof.message;
    const message = `The parts that you chose are not proven. ${reason}`;
    return { unproven: true, files: chosen.files, message };
  }
  // What is undone later is what is proposed last.
  await recorder.record({ type: 'proposal.ready', files: chosen.files, summary: proof.summary });
  return landProposal(scope, { ...acceptance, files: chosen.files });
}

function takeUnproven(
  { deps, root, recorder }: LandingScope,
  files: readonly ProposedFile[],
): Promise<RightDenied | undefined> {
  return deps.rights.take(root, {
    run: recorder.run,
    who: { kind: 'person' },
    right: { kind: 'unproven', paths: files.map(({ path }) => path) },
    by: { kind: 'person' },
  });
}
