/** Keys of providers. A value is used and forgotten: never logged, kept or put into an error. */
export interface Secrets {
  /** `name` is the provider's id; undefined when the user has set no key. */
  read(name: string, signal: AbortSignal): Promise<string | undefined>;
}
