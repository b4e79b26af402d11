/** `1 test passes`, `3 new tests pass`. */
export function countPassing(count: number, kind: '' | 'new ' = ''): string {
  return count === 1 ? `1 ${kind}test passes` : `${count} ${kind}tests pass`;
}
