import type { HealthCheck } from '../../protocol/health.ts';

export function good(id: string, title: string, seen: string): HealthCheck {
  return { id, title, state: 'good', seen, todo: '' };
}

export function attention(id: string, title: string, seen: string, todo: string): HealthCheck {
  return { id, title, state: 'attention', seen, todo };
}

export function bad(id: string, title: string, seen: string, todo: string): HealthCheck {
  return { id, title, state: 'bad', seen, todo };
}

/** `1 file`, `2 files`. */
export function countOf(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
