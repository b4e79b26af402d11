import * as vscode from 'vscode';
import { readProposal } from '../../server/protocol/requests.ts';
import type { ProposalTexts } from '../../server/protocol/proposals.ts';
import type { ProposedFile } from '../../server/protocol/runEvents.ts';
import { fileUri } from '../folderUri.ts';
import type { ServerConnection } from '../server/serverConnection.ts';
import type { ViewStore } from '../viewStore.ts';
import { HunkReview } from './hunkReview.ts';
import { ProposalDiagnostics } from './proposalDiagnostics.ts';
import { parseProposalUri, proposalScheme, renderProposalUri, type ProposalSide } from './proposalUri.ts';

const keptProposals = 20;
const activeKey = 'codegenLab.proposalActive';

/** Shows proposals as a diff of several files, and knows which one is in front. */
export class ProposalViewer implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #server: ServerConnection;
  readonly #views: ViewStore;
  readonly #proposals = new Map<string, Promise<ProposalTexts | undefined>>();
  /** Runs whose difference the person had before the eyes. */
  readonly #shown = new Set<string>();
  /** Run to the title of its tab. */
  readonly #titles = new Map<string, string>();
  readonly #registrations: vscode.Disposable;
  readonly #findings = new ProposalDiagnostics();
  /** Which parts of the proposals are taken. */
  readonly hunks = new HunkReview((run) => this.#read(run));

  constructor(server: ServerConnection, views: ViewStore) {
    this.#server = server;
    this.#views = views;
    this.#registrations = vscode.Disposable.from(
      this.hunks,
      this.#findings,
      vscode.workspace.registerTextDocumentContentProvider(proposalScheme, this),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#noteActive()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.#noteActive()),
    );
  }

  /** The run whose proposal is in the active tab; undefined when something else is. */
  get activeRun(): string | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab && this.#runOf(tab);
  }

  /** Whether the person looked at the proposal of a run. */
  wasShown(run: string): boolean {
    return this.#shown.has(run);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const place = parseProposalUri(uri);
    const proposal = place && (await this.#read(place.run));
    const file = proposal?.files.find((candidate) => candidate.path === place?.path);
    return (place && file?.[place.side]) ?? '';
  }

  async show(run: string): Promise<void> {
    // A run that waits twice has other files the second time.
    this.#proposals.delete(run);
    const proposal = await this.#read(run);
    if (!proposal || proposal.files.length === 0) {
      void vscode.window.showInformationMessage('Codegen Lab: this run has no proposal any more.');
      return;
    }
    this.#shown.add(run);
    const title = this.#titleFor(run, proposal.title);
    const view = this.#views.findRun(run);
    const folder = view?.folder ?? '';
    if (view !== undefined) this.#findings.show(view);
    await vscode.commands.executeCommand(
      'vscode.changes',
      title,
      proposal.files.map((file) => resourcesOf(run, folder, file)),
    );
    this.#noteActive();
  }

  /** Closes the diff of a run that is decided. */
  async close(run: string): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter((tab) => this.#runOf(tab) === run));
    this.#titles.delete(run);
    this.#proposals.delete(run);
    this.hunks.forget(run);
    this.#findings.clear(run);
    this.#noteActive();
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  #read(run: string): Promise<ProposalTexts | undefined> {
    const known = this.#proposals.get(run);
    if (known) return known;
    const reading = this.#server.request(readProposal, { run });
    this.#proposals.set(run, reading);
    reading.catch(() => this.#proposals.delete(run));
    const oldest = this.#proposals.size > keptProposals ? this.#proposals.keys().next().value : undefined;
    if (oldest !== undefined) this.#proposals.delete(oldest);
    return reading;
  }

  #titleFor(run: string, title: string): string {
    const others = [...this.#titles].filter(([other]) => other !== run).map(([, taken]) => taken);
    const unique = others.includes(title) ? `${title} · ${run.slice(-4)}` : title;
    this.#titles.set(run, unique);
    return unique;
  }

  /** The API has no class for a diff of several files; its label is our title, and a count of files that the editor adds. */
  #runOf(tab: vscode.Tab): string | undefined {
    if (tab.input instanceof vscode.TabInputText || tab.input instanceof vscode.TabInputTextDiff)
      return undefined;
    const matches = [...this.#titles].filter(
      ([, title]) => tab.label === title || tab.label.startsWith(`${title} (`),
    );
    return matches[0]?.[0];
  }

  #noteActive(): void {
    void vscode.commands.executeCommand('setContext', activeKey, this.activeRun !== undefined);
  }
}

function resourcesOf(
  run: string,
  folder: string,
  file: ProposedFile,
): [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined] {
  const side = (name: ProposalSide): vscode.Uri | undefined =>
    file[name] === undefined
      ? undefined
      : vscode.Uri.from({
          scheme: proposalScheme,
          ...renderProposalUri({ side: name, run, path: file.path }),
        });
  return [fileUri(folder, file.path), side('before'), side('after')];
}
