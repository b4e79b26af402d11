/** Keys of providers. A value is used and forgotten: never logged, kept or put into an error. */
export interface Secrets {
  /** `name` is the provider's id; undefined when the user has set no key. */
  read(name: string, signal: AbortSignal): Promise<string | undefined>;
  /**
   * The provider refused this value, or needed one where there was none. True: another one is there by now, so the same
   * call may succeed. Otherwise the person is asked, once for each value, where a person can be asked. Never rejects.
   */
  refused?(name: string, value: string | undefined, signal: AbortSignal): Promise<boolean>;
}

/** Keys from all places that may hold them. */
export interface Keys extends Secrets {
  /** Where the key would come from, for people, after "from"; undefined: there is none, or it cannot be read. */
  sourceOf(name: string, signal: AbortSignal): Promise<string | undefined>;
}
