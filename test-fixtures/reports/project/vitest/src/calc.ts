export interface Numbers {
  readonly a: number;
  readonly b: number;
}

export function add(a: number, b: number): number {
  return a + b;
}

export function divide({ a, b }: Numbers): number {
  if (b === 0) throw new RangeError('divided by zero');
  return a / b;
}
