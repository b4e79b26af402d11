import type { FileEvent } from '../../engine/triggers/fileEvent.ts';
import { maxSingle } from '../../engine/triggers/diskBursts.ts';
import { isRulePath } from '../../engine/rules/rulePaths.ts';
import type { DiskChanges } from '../../engine/ports/folderWatch.ts';
import type { RunView } from '../../protocol/viewState.ts';
import type { Finding } from '../../protocol/text.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type UsageError, type WatchInvocation } from '../invocation.ts';
import { createWatchReport, type WatchReport } from '../render/renderWatch.ts';
import { FoundSoFar } from './foundSoFar.ts';

/** `codegen-lab watch`: checks files as any program changes them, until it is stopped. */
export async function watch(
  invocation: WatchInvocation,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { engine, root, folderWatch } = context;
  await engine.openFolder(root, signal);
  const names = new Set(engine.rules().map(({ name }) => name));
  const unknown = invocation.rules.find((name) => !names.has(name));
  if (unknown !== undefined) return usageError('watch', `There is no rule ${unknown} here.`);
  const report = createWatchReport(invocation.format, context);
  const watching = new Watching(invocation, context, report, signal);
  const unsubscribe = engine.onDidChangeView(({ runs }) => watching.tellRuns(runs));
  try {
    await folderWatch.watch(
      {
        root,
        list: () => context.files.list(root, signal),
        onChanges: (changes) => watching.follow(changes),
        onPolling: (reason) => report.polling(reason),
      },
      signal,
      () => void watching.checkAll(),
    );
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    unsubscribe();
    await engine.stop('all');
  }
  return isOrdered(signal) ? exitCodes.good : exitCodes.cancelled;
}

/** SIGTERM is how services are ended; Ctrl+C is a person's. */
function isOrdered({ reason }: AbortSignal): boolean {
  return reason instanceof Error && reason.message === 'SIGTERM';
}

class Watching {
  readonly #invocation: WatchInvocation;
  readonly #context: CommandContext;
  readonly #report: WatchReport;
  readonly #signal: AbortSignal;
  readonly #found = new FoundSoFar();
  /** Runs whose end was told. */
  readonly #told = new Set<string>();

  constructor(
    invocation: WatchInvocation,
    context: CommandContext,
    report: WatchReport,
    signal: AbortSignal,
  ) {
    this.#invocation = invocation;
    this.#context = context;
    this.#report = report;
    this.#signal = signal;
  }

  async checkAll(): Promise<void> {
    const { engine, root } = this.#context;
    const findings = await engine.check(root, 'all', this.#signal, { remembered: true });
    if (this.#signal.aborted) return;
    const rules = engine.rules().filter(({ active, folder }) => active && folder === root).length;
    this.#report.began(rules, this.#found.replaceAll(this.#wanted(findings)));
  }

  async follow({ created, changed, deleted }: DiskChanges): Promise<void> {
    const { engine, root } = this.#context;
    const present = [...created, ...changed];
    await engine.pathsChanged(root, { created, deleted }, this.#signal);
    const rulePaths = [...present, ...deleted].filter(isRulePath);
    if (rulePaths.length > 0) {
      await engine.reloadRules(root, 'all', this.#signal);
      const findings = await engine.check(root, 'all', this.#signal);
      if (this.#signal.aborted) return;
      this.#report.changed(this.#found.replaceAll(this.#wanted(findings)));
    } else {
      const findings = present.length === 0 ? [] : await engine.check(root, present, this.#signal);
      if (this.#signal.aborted) return;
      this.#report.changed(this.#found.replace([...present, ...deleted], this.#wanted(findings)));
    }
    await this.#tell({ created, changed, deleted });
  }

  tellRuns(runs: readonly RunView[]): void {
    for (const run of runs) {
      if (run.phase !== 'finished' || this.#told.has(run.run)) continue;
      this.#told.add(run.run);
      this.#report.ran(run);
    }
  }

  /** Lets rules fire that widen their `origin` to the disk. A large change starts nothing, as everywhere. */
  async #tell({ created, changed, deleted }: DiskChanges): Promise<void> {
    const { engine, root } = this.#context;
    const { rules } = this.#invocation;
    const bulk = created.length + changed.length + deleted.length > maxSingle;
    if (bulk) this.#report.bulk(created.length + changed.length + deleted.length);
    const events = [
      ...created.map((path) => ({ path, name: 'create' }) as const),
      ...changed.map((path) => ({ path, name: 'save' }) as const),
      ...deleted.map((path) => ({ path, name: 'delete' }) as const),
    ];
    for (const { path, name } of events) {
      if (this.#signal.aborted) return;
      const event: FileEvent = { root, path, name, origin: 'disk', depth: 0, bulk };
      await engine.handleEvent(rules.length === 0 ? event : { ...event, only: rules }, this.#signal);
    }
  }

  #wanted(findings: readonly Finding[]): readonly Finding[] {
    const { rules } = this.#invocation;
    return rules.length === 0 ? findings : findings.filter(({ rule }) => rules.includes(rule ?? ''));
  }
}
