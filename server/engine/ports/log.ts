/** Messages for the output channel. Texts hold no secrets; callers pass them through the redactor. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
