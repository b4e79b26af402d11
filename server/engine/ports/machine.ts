/** What this machine has to spare. */
export interface Machine {
  capacity(): MachineCapacity;
}

export interface MachineCapacity {
  /** Programs that can run side by side, at least 1. */
  readonly cores: number;
  /** Bytes of memory that programs can still take, now. */
  readonly freeBytes: number;
}
