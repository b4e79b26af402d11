/**
 * The strongly connected components that can be reached from a node, those further up first (Tarjan). A component of more
 * than one node is a knot of cycles. Nodes that `isDone` says are passed over, and what lies behind them.
 */
export function findComponents(
  start: string,
  edgesOf: (id: string) => readonly string[],
  isDone: (id: string) => boolean,
): readonly (readonly string[])[] {
  const search: Search = { order: new Map(), low: new Map(), stack: [], onStack: new Set(), components: [] };
  if (isDone(start)) return [];
  // By hand instead of by recursion: a chain may be longer than a stack.
  const frames = [enter(search, start, edgesOf)];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const edge = frame.edges[frame.next];
    if (edge === undefined) {
      frames.pop();
      leave(search, frame.id, frames.at(-1)?.id);
      continue;
    }
    frame.next += 1;
    if (isDone(edge)) continue;
    if (!search.order.has(edge)) frames.push(enter(search, edge, edgesOf));
    else if (search.onStack.has(edge)) lower(search, frame.id, search.order.get(edge) ?? 0);
  }
  return search.components;
}

interface Search {
  readonly order: Map<string, number>;
  /** The earliest node on the stack that is reached from a node. */
  readonly low: Map<string, number>;
  readonly stack: string[];
  readonly onStack: Set<string>;
  readonly components: string[][];
}

interface Frame {
  readonly id: string;
  readonly edges: readonly string[];
  next: number;
}

function enter(search: Search, id: string, edgesOf: (id: string) => readonly string[]): Frame {
  search.low.set(id, search.order.size);
  search.order.set(id, search.order.size);
  search.stack.push(id);
  search.onStack.add(id);
  return { id, edges: edgesOf(id), next: 0 };
}

function leave(search: Search, id: string, below: string | undefined): void {
  const low = search.low.get(id) ?? 0;
  if (below !== undefined) lower(search, below, low);
  if (low !== search.order.get(id)) return;
  const component = search.stack.splice(search.stack.lastIndexOf(id));
  for (const each of component) search.onStack.delete(each);
  search.components.push(component);
}

function lower(search: Search, id: string, value: number): void {
  if (value < (search.low.get(id) ?? 0)) search.low.set(id, value);
}
