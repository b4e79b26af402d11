export function withInstallLock<Result>(path: string, work: () => Promise<Result>): Promise<Result>;
