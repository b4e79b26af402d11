export function go(a: string, o: Record<string, string>): string {
  eval(a);
  return o[a] ?? '';
}
