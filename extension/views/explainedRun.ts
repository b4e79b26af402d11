import type { RunView } from '../../server/protocol/viewState.ts';

/** One line about why a run happened, and what it opens. */
export interface RunFact {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly target?:
    | { readonly kind: 'place'; readonly path: string; readonly line: number; readonly character: number }
    | { readonly kind: 'run'; readonly run: string };
}

const origins: Readonly<Record<RunView['cause']['origin'], string>> = {
  user: 'by you',
  auto: 'by the editor itself',
  disk: 'by another program',
  self: 'by Codegen Lab',
};

/** What the journal of a run tells of its cause: what happened, what decided, what came before, how it ended. */
export function explainedRun(run: RunView, findRun: (run: string) => RunView | undefined): RunFact[] {
  const { cause, file } = run;
  const { decision, causedBy } = cause;
  const place = decision?.place;
  const earlier = causedBy === undefined ? undefined : findRun(causedBy);
  const reason = decision?.reason ?? (cause.event === 'manual' ? 'you ran it' : undefined);
  return [
    {
      label: `$(zap) ${cause.event}${file === '' ? '' : ` of ${file}`}`,
      description: origins[cause.origin],
      detail: new Date(run.startedAt).toLocaleString(),
      ...(file === '' ? {} : { target: { kind: 'place', path: file, line: 0, character: 0 } as const }),
    },
    {
      label: `$(check) ${reason === undefined ? 'Its journal does not say why' : `Because ${reason}`}`,
      description: '',
      detail: place === undefined ? '' : `${place.path}:${place.line + 1}:${place.character + 1}`,
      ...(place === undefined ? {} : { target: { kind: 'place', ...place } as const }),
    },
    ...(causedBy === undefined
      ? []
      : [
          {
            label: '$(arrow-up) What an earlier run landed caused it',
            description: `${cause.depth} ${cause.depth === 1 ? 'run' : 'runs'} deep`,
            detail: earlier ? `${earlier.rule} on ${earlier.file}` : causedBy,
            target: { kind: 'run', run: causedBy } as const,
          },
        ]),
    {
      label: `$(flag) ${run.phase === 'finished' ? `It ended: ${run.outcome ?? 'finished'}` : 'It goes on'}`,
      description: '',
      detail: run.message,
      target: { kind: 'run', run: run.run },
    },
  ];
}
