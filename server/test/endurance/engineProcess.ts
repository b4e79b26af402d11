import { createEndurableEngine } from './endurableEngine.ts';

/** What the parent asks: that a file was saved. */
export interface SaveOrder {
  readonly path: string;
}

/** What it hears: the folder is open, it was decided that rules fire on a file, or nothing waits or runs. */
export type EngineAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'decided'; readonly path: string; readonly fires: boolean }
  | { readonly kind: 'idle' };

// An engine as the server has it, in a process of its own that may be killed at any moment: ROOT STORAGE LANDING. At the moment
// in which an edit lands it kills itself, LANDING milliseconds later; without LANDING it does not.
const [root = '', storage = '', landing] = process.argv.slice(2);
const { signal } = new AbortController();
const answer = (message: EngineAnswer): void => void process.send?.(message);

const engine = createEndurableEngine(storage);
const save = async ({ path }: SaveOrder): Promise<void> => {
  const event = { root, path, name: 'save', origin: 'user', depth: 0 } as const;
  const firings = await engine.handleEvent(event, signal);
  answer({ kind: 'decided', path, fires: firings.some(({ fires }) => fires) });
};
if (landing !== undefined)
  engine.onDidChangeView(({ runs }) => {
    if (runs.some(({ phase }) => phase === 'landing')) dieIn(Number(landing));
  });
process.on('message', (order: SaveOrder) => void save(order));
await engine.openFolder(root, signal);
answer({ kind: 'ready' });
setInterval(() => {
  const isBusy = engine.queue().length > 0 || engine.viewState().status.running > 0;
  if (!isBusy) answer({ kind: 'idle' });
}, 100);

function dieIn(ms: number): void {
  const die = (): void => void process.kill(process.pid, 'SIGKILL');
  if (ms === 0) die();
  else setTimeout(die, ms);
}
