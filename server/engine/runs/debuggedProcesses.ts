import type { DebugEnd } from '../../protocol/testDisplay.ts';
import type { Debugger } from '../ports/debugger.ts';
import type { ProcessEnd, Processes } from '../ports/processes.ts';
import type { Runner } from '../testing/runners/runner.ts';

export interface DebuggedParts {
  readonly debugger: Debugger;
  /** Answers what a debugger does not change. */
  readonly processes: Processes;
  readonly run: string;
  readonly root: string;
  /** The runner's. */
  readonly language: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Commands as sessions of a debugger, for who only knows processes. They have no time limit, since a person may stand at a
 * breakpoint, no output, since the debugger shows it, and no exit code that could be relied on.
 */
export function debuggedProcesses({ processes, now, ...parts }: DebuggedParts): Processes {
  return {
    confinement: (signal) => processes.confinement(signal),
    start({ argv, cwd, env }) {
      const stopping = new AbortController();
      const started = now();
      const { run, root: folder, language } = parts;
      const command = { run, folder, title: `Debug tests (${language})`, language, argv, cwd, env };
      const finished = parts.debugger
        .debug(command, stopping.signal)
        .then((end) => toProcessEnd(end, now() - started));
      return {
        output: nothing(),
        finished,
        async stop() {
          stopping.abort();
          await finished;
        },
      };
    },
  };
}

async function* nothing(): AsyncIterable<string> {
  // The debug console has it.
}

function toProcessEnd(end: DebugEnd, ms: number): ProcessEnd {
  switch (end.kind) {
    case 'ended':
      return { kind: 'exited', code: 0, ms, output: '', dropped: 0 };
    case 'stopped':
      return { kind: 'stopped', ms, output: '', dropped: 0 };
    case 'refused':
      return { kind: 'couldNotStart', why: 'missing', message: end.message };
  }
}

const endedEarly =
  'The debug session ended before the tests did, so there are no results. Let them run to their end.';

/** The runner where nobody tells how its process ended: of both exit codes the one with which its report agrees counts. */
export function debuggedRunner(runner: Runner): Runner {
  return {
    ...runner,
    read(reading) {
      const green = runner.read({ ...reading, exitCode: 0 });
      if (green.kind === 'finished') return green;
      const red = runner.read({ ...reading, exitCode: 1 });
      if (red.kind === 'finished') return red;
      return green.kind === 'noReport' ? { ...green, message: endedEarly } : green;
    },
  };
}
