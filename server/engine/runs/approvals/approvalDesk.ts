import type { ApprovalTexts, ApprovalView, RuleText } from '../../../protocol/approvals.ts';
import type { RunEvent } from '../../../protocol/runEvents.ts';
import type { RunView } from '../../../protocol/viewState.ts';
import type { RunLedger } from '../../journal/runLedger.ts';
import type { KeptApproval, NewApproval } from '../../ports/consent.ts';
import { approvedText } from '../../rules/approval/approvedText.ts';
import { ruleHash } from '../../rules/effectiveHash.ts';
import type { Rule } from '../../rules/rule.ts';
import type { RuleStore } from '../../rules/ruleStore.ts';
import type { FolderState } from '../folderState.ts';
import { approvalKey } from '../requireApproval.ts';
import type { ReadText } from '../tasks/namedTask.ts';
import { taskReader, withTaskTexts } from '../tasks/taskTexts.ts';
import type { RunDeps } from '../runScope.ts';
import { approvalViews, fileHashOf, lastAllowed } from './approvalViews.ts';

export interface ApprovalDeskParts {
  readonly deps: Pick<RunDeps, 'consent' | 'digest' | 'files' | 'approvals' | 'log' | 'rights'>;
  readonly ledger: RunLedger;
  readonly folders: () => readonly FolderState[];
  /** Called when `views` has become another list. */
  readonly onDidChange: () => void;
}

/** Where people decide which rules may act: all of them at once, beforehand or when a run asks. */
export class ApprovalDesk {
  readonly #parts: ApprovalDeskParts;
  #views: readonly ApprovalView[] = [];
  #refreshing: Promise<void> | undefined;
  #again = false;
  /** Runs that wait for an approval. */
  readonly #asking = new Set<string>();

  constructor(parts: ApprovalDeskParts) {
    this.#parts = parts;
  }

  /** As they were when `refresh` last ended; the same list while nothing changed. */
  get views(): readonly ApprovalView[] {
    return this.#views;
  }

  /** Folds them anew: rules changed, a run asks, or somebody answered. Calls during one fold are one more. */
  refresh(): Promise<void> {
    this.#again = true;
    this.#refreshing ??= this.#refreshAll().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /** A run began to wait for an approval, or goes on. */
  note({ run, ...step }: RunEvent): void {
    const asks = step.type === 'run.waiting' && step.on === 'approval';
    if (asks === this.#asking.has(run)) return;
    if (asks) this.#asking.add(run);
    else this.#asking.delete(run);
    void this.refresh();
  }

  /** Answers for texts of rules; runs that wait for one of them go on or end. */
  async answer(root: string, texts: readonly RuleText[], allow: boolean): Promise<void> {
    const { consent, approvals } = this.#parts.deps;
    const decision = allow ? 'allowed' : 'denied';
    const answers = await Promise.all(
      texts.map(async (text): Promise<NewApproval> => ({
        ...text,
        decision,
        ...(await this.#shown(root, text)),
      })),
    );
    for (const text of texts) await this.#log(root, text, allow);
    await consent.record(root, answers);
    for (const { ruleId, ruleHash: hash } of texts) approvals.answer(approvalKey(root, ruleId, hash), allow);
    await this.refresh();
  }

  async revoke(root: string, ruleIds: readonly string[] | 'all'): Promise<void> {
    const { consent, rights, log } = this.#parts.deps;
    const right = { kind: 'revoke', rules: ruleIds } as const;
    const denied = await rights.take(root, { who: { kind: 'person' }, right, by: { kind: 'person' } });
    // What takes rights away is done all the same.
    if (denied) log.warn(`Approvals were taken back, which is not logged: ${denied.message}`);
    await consent.revoke(root, ruleIds);
    await this.refresh();
  }

  /** undefined: no such rule, and none was approved. */
  async texts(root: string, ruleId: string): Promise<ApprovalTexts | undefined> {
    const rule = await this.#find(root, ruleId);
    const last = lastAllowed(await this.#parts.deps.consent.approvals(root), ruleId);
    if (rule === undefined && last === undefined) return undefined;
    return {
      name: rule?.name ?? ruleId,
      ...(last?.text === undefined ? {} : { approved: last.text }),
      ...(rule === undefined ? {} : { now: approvedText(rule) }),
    };
  }

  async #log(root: string, { ruleId, ruleHash: hash }: RuleText, allow: boolean): Promise<void> {
    const { rights } = this.#parts.deps;
    const right = { kind: 'approve', rule: ruleId, hash } as const;
    const asked = { who: { kind: 'person' }, right, by: { kind: 'person' } } as const;
    if (!allow) return rights.note(root, { ...asked, decision: 'denied' });
    const denied = await rights.take(root, asked);
    if (denied) throw new Error(denied.message);
  }

  /** What is kept beside the answer, if the rule still has the text that is answered for. */
  async #shown(root: string, text: RuleText): Promise<Pick<NewApproval, 'text' | 'fileHash'>> {
    const { digest } = this.#parts.deps;
    const rule = await this.#find(root, text.ruleId);
    if (rule === undefined || ruleHash(rule, digest) !== text.ruleHash) return {};
    return { text: approvedText(rule), fileHash: fileHashOf(rule, this.#textOf(root), digest) };
  }

  /** With what its tasks run now. */
  async #find(root: string, ruleId: string): Promise<Rule | undefined> {
    const folder = this.#folder(root);
    const rule = folder && findRule(folder.rules, ruleId);
    return rule && withTaskTexts(rule, this.#tasksOf(root));
  }

  #tasksOf(root: string): ReadText {
    return taskReader(this.#parts.deps.files, root, new AbortController().signal);
  }

  #folder(root: string): FolderState | undefined {
    return this.#parts.folders().find((folder) => folder.root === root);
  }

  #textOf(root: string): (path: string) => string | undefined {
    return (path) => this.#folder(root)?.rules.saved.document(path)?.text;
  }

  async #refreshAll(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        await this.#fold();
      } catch (error) {
        this.#parts.deps.log.warn(`Approvals cannot be read: ${String(error)}`);
      }
    }
  }

  async #fold(): Promise<void> {
    const { deps, ledger, folders, onDidChange } = this.#parts;
    const { consent, digest } = deps;
    const perFolder = await Promise.all(
      folders().map(async ({ root, rules }) => {
        const kept = await consent.approvals(root);
        const runs = ledger.views().filter(({ folder }) => folder === root);
        const concerned = await Promise.all(
          rulesAbout(rules, kept, runs).map((rule) => withTaskTexts(rule, this.#tasksOf(root))),
        );
        const facts = { root, rules: concerned, runs, textOf: this.#textOf(root) };
        return approvalViews({ ...facts, kept, digest });
      }),
    );
    const views = perFolder.flat();
    if (JSON.stringify(views) === JSON.stringify(this.#views)) return;
    this.#views = views;
    onDidChange();
  }
}

/** Live, or one that a person runs by name: a draft, or a bundled rule that is not switched on. */
function findRule(rules: RuleStore, ruleId: string): Rule | undefined {
  return rules.liveRules().find(({ id }) => id === ruleId) ?? rules.saved.effective(ruleId)?.rule;
}

/** The live rules, and others that ask or were answered. */
function rulesAbout(
  rules: RuleStore,
  kept: readonly KeptApproval[],
  runs: readonly RunView[],
): readonly Rule[] {
  const live = rules.liveRules();
  const known = new Set(live.map(({ id }) => id));
  const asking = runs.filter(({ waitingOn }) => waitingOn === 'approval');
  const others = new Set([...kept, ...asking].map(({ ruleId }) => ruleId).filter((id) => !known.has(id)));
  return [...live, ...[...others].flatMap((id) => rules.saved.effective(id)?.rule ?? [])];
}
