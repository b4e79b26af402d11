export interface Pair {
  readonly a: number;
  readonly b: number;
}

export function add({ a, b }: Pair): number {
  return a + b;
}

export function never(): number {
  return 1;
}
