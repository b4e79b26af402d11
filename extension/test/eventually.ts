/** Tries a check again until it holds, and gives what it gave. Rejects with its last error. */
export async function eventually<Value>(
  check: () => Promise<Value> | Value,
  limitMs = 60_000,
): Promise<Value> {
  const end = Date.now() + limitMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
