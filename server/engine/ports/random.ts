export interface Random {
  /** A new id, unique and sortable by time: letters and digits only. */
  id(): string;
  /** From 0 up to, not including, 1. */
  fraction(): number;
}
