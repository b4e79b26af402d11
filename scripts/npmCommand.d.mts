export function runNpm(args: readonly string[], cwd: string, node?: string): Promise<void>;
export function nodeFirst(node: string): Record<string, string | undefined>;
