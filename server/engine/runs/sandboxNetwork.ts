import type { AuditActor, CodeOrigin } from '../../protocol/audit.ts';
import type { RunRecorder } from '../journal/recordRun.ts';
import type { Confinement } from '../ports/processes.ts';
import type { Settings } from '../settings.ts';
import type { RunDeps } from './runScope.ts';

export interface NetworkScope {
  readonly deps: Pick<RunDeps, 'rights'>;
  readonly root: string;
  readonly settings: Pick<Settings, 'sandbox'>;
  readonly recorder: Pick<RunRecorder, 'run'>;
}

export interface NetworkUser {
  readonly who: AuditActor;
  readonly code: CodeOrigin;
  /** Shows a line to who looks at what the command prints. */
  readonly show?: (line: string) => void;
}

/**
 * A sandbox with a way out to the domains of the person's settings, each of which is a right that a policy may deny; the log
 * has what was let out, and what was asked for beyond it. Without such a setting, or without a sandbox, as it was.
 */
export async function withNetwork(
  { deps, root, settings, recorder }: NetworkScope,
  confinement: Confinement,
  { who, code, show }: NetworkUser,
): Promise<Confinement> {
  const wished = settings.sandbox?.domains ?? [];
  if (confinement.kind === 'none' || wished.length === 0) return confinement;
  const { run } = recorder;
  const domains: string[] = [];
  for (const domain of wished) {
    const denied = await deps.rights.take(root, {
      run,
      who,
      right: { kind: 'network', domain, code },
      by: { kind: 'setting', detail: 'codegenLab.sandbox.domains' },
    });
    if (denied === undefined) domains.push(domain);
  }
  if (domains.length === 0) return confinement;
  return {
    ...confinement,
    network: {
      domains,
      onRefused({ host, reason }) {
        show?.(`Not let out of the sandbox: ${host} ${reason} (codegenLab.sandbox.domains).\n`);
        void deps.rights.note(root, {
          run,
          who,
          right: { kind: 'network', domain: host, code },
          decision: 'denied',
          by: { kind: 'sandbox', detail: reason },
        });
      },
    },
  };
}
