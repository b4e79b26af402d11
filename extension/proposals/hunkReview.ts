import * as vscode from 'vscode';
import type { ProposalHunk, ProposalTexts } from '../../server/protocol/proposals.ts';
import { hunkAt, HunkChoices, nextHunk, type HunkPlace } from './hunkChoices.ts';
import { parseProposalUri, proposalScheme, type ProposalPlace } from './proposalUri.ts';

type ReadProposal = (run: string) => Promise<ProposalTexts | undefined>;

interface ShownHunks {
  readonly place: ProposalPlace;
  readonly hunks: readonly ProposalHunk[];
}

/** Lets a person take or leave out single hunks of a proposal: lenses over them, marks in the gutter, and the keyboard. */
export class HunkReview implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #read: ReadProposal;
  readonly #choices = new HunkChoices();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #taken = markOf('M2.5 8.5 6 12 13.5 4', 'testing.iconPassed');
  readonly #left = markOf('M4 4 12 12 M12 4 4 12', 'testing.iconFailed', { opacity: '0.45' });
  readonly #registrations: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(read: ReadProposal) {
    this.#read = read;
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      this.#taken,
      this.#left,
      vscode.languages.registerCodeLensProvider({ scheme: proposalScheme }, this),
      vscode.window.onDidChangeVisibleTextEditors(() => void this.#mark()),
    );
  }

  /** Hunks to take, by file, where the person left some out; empty: all are taken. */
  async kept(run: string): Promise<ReturnType<HunkChoices['kept']>> {
    const proposal = await this.#read(run);
    return this.#choices.kept(run, proposal?.files ?? []);
  }

  forget(run: string): void {
    this.#choices.forget(run);
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const shown = await this.#hunksOf(document.uri);
    if (shown === undefined || !isReviewed(shown)) return [];
    const { run, path, side } = shown.place;
    return shown.hunks.flatMap((hunk, index) => {
      const argument = { run, path, hunk: index };
      const isTaken = this.#choices.isTaken(argument);
      const range = new vscode.Range(hunk[side].start, 0, hunk[side].start, 0);
      const lens = (title: string, command: string): vscode.CodeLens =>
        new vscode.CodeLens(range, { title, command, arguments: [argument] });
      return isTaken
        ? [lens('$(check) Taken', 'codegenLab.acceptHunk'), lens('Reject Hunk', 'codegenLab.rejectHunk')]
        : [lens('Accept Hunk', 'codegenLab.acceptHunk'), lens('$(close) Left out', 'codegenLab.rejectHunk')];
    });
  }

  /** Takes or leaves out a hunk: the one that is named, else the one at the cursor, from which it goes to the next. */
  async choose(named: HunkPlace | undefined, isTaken: boolean): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const place = named ?? (editor && (await this.#hunkAtCursor(editor)));
    if (place === undefined) {
      void vscode.window.showInformationMessage(
        'Codegen Lab: put the cursor into a hunk of a proposal first.',
      );
      return;
    }
    this.#choices.set(place, isTaken);
    this.#changed.fire();
    await this.#mark();
    if (named === undefined) await this.go(1);
  }

  /** Goes to the next or the previous hunk of the file in front. */
  async go(step: 1 | -1): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const shown = editor && (await this.#hunksOf(editor.document.uri));
    if (editor === undefined || shown === undefined) return;
    const { side } = shown.place;
    const index = nextHunk(shown.hunks, { side, line: editor.selection.active.line, step });
    const hunk = index === undefined ? undefined : shown.hunks[index];
    if (hunk === undefined) return;
    const at = new vscode.Position(hunk[side].start, 0);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  async #hunkAtCursor(editor: vscode.TextEditor): Promise<HunkPlace | undefined> {
    const shown = await this.#hunksOf(editor.document.uri);
    if (shown === undefined) return undefined;
    const { run, path, side } = shown.place;
    const hunk = hunkAt(shown.hunks, side, editor.selection.active.line);
    return hunk === undefined ? undefined : { run, path, hunk };
  }

  async #hunksOf(uri: vscode.Uri): Promise<ShownHunks | undefined> {
    if (uri.scheme !== proposalScheme) return undefined;
    const place = parseProposalUri(uri);
    const proposal = place && (await this.#read(place.run));
    const file = proposal?.files.find(({ path }) => path === place?.path);
    return place && file && { place, hunks: file.hunks };
  }

  async #mark(): Promise<void> {
    for (const editor of vscode.window.visibleTextEditors) {
      const shown = await this.#hunksOf(editor.document.uri);
      if (shown === undefined || !isReviewed(shown)) continue;
      const { run, path, side } = shown.place;
      const rangesOf = (isTaken: boolean): vscode.Range[] =>
        shown.hunks.flatMap((hunk, index) =>
          this.#choices.isTaken({ run, path, hunk: index }) === isTaken ? [rangeOf(hunk[side])] : [],
        );
      editor.setDecorations(this.#taken, rangesOf(true));
      editor.setDecorations(this.#left, rangesOf(false));
    }
  }
}

/** A deleted file has one side only. */
function isReviewed({ place: { side }, hunks }: ShownHunks): boolean {
  return side === 'after' || hunks.every(({ after }) => after.count === 0);
}

function rangeOf({ start, count }: ProposalHunk['after']): vscode.Range {
  return new vscode.Range(start, 0, start + Math.max(count, 1) - 1, 0);
}

function markOf(
  path: string,
  color: string,
  more: vscode.DecorationRenderOptions = {},
): vscode.TextEditorDecorationType {
  const stroke = color === 'testing.iconPassed' ? '%2373c991' : '%23f14c4c';
  const picture = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path d='${path}' fill='none' stroke='${stroke}' stroke-width='2'/></svg>`;
  return vscode.window.createTextEditorDecorationType({
    ...more,
    isWholeLine: true,
    gutterIconPath: vscode.Uri.parse(`data:image/svg+xml;utf8,${picture}`),
    overviewRulerColor: new vscode.ThemeColor(color),
  });
}
