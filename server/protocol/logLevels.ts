/** From the most that is told to nothing; each level tells what those after it tell too. */
export const logLevels = ['trace', 'debug', 'info', 'warning', 'error', 'off'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Of one message. */
export type MessageLevel = Exclude<LogLevel, 'off'>;
