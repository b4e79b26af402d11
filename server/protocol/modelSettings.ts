/** What the person set for the asking of models, beside the one that is chosen; user or machine scope only. */
export interface ModelSettings {
  /** Providers beside the chosen one that roles may name. */
  readonly providers: readonly string[];
  /** Who answers for which role, in the form of `roles` in `.codegen-lab/models.yaml`; read by the engine. */
  readonly roles: Readonly<Record<string, unknown>>;
  /** Parameters by kind of call, in the form of `calls` there. */
  readonly calls: Readonly<Record<string, unknown>>;
  /** Budgets and rates beside `codegenLab.limits.*`, in the form of `limits` there. */
  readonly limits: Readonly<Record<string, unknown>>;
  /** USD per million tokens by `provider/model`, over the prices that are built in. */
  readonly prices: Readonly<Record<string, unknown>>;
  /** What a call whose price nobody knows meets: `count` its tokens alone, or `refuse` it while a USD limit is set. */
  readonly unknownPrice: 'count' | 'refuse';
  readonly cache: {
    /** `repeatable`: answers to calls with temperature 0; `all`: every complete answer. */
    readonly mode: 'off' | 'repeatable' | 'all';
    readonly megabytes: number;
    /** Kept in the Redis server of `REDIS_URL` instead of the disk. */
    readonly redis: boolean;
  };
  /** Whether each call is written into the log, at `trace`: who, how much, how long; never a text or a key. */
  readonly trace: boolean;
  /** What answers should take, in milliseconds; shown beside what they took. 0: no target. */
  readonly target: { readonly firstTokenMs: number; readonly totalMs: number };
}

export const defaultModelSettings: ModelSettings = {
  providers: [],
  roles: {},
  calls: {},
  limits: {},
  prices: {},
  unknownPrice: 'count',
  cache: { mode: 'repeatable', megabytes: 50, redis: false },
  trace: false,
  target: { firstTokenMs: 0, totalMs: 0 },
};

/** How edits are asked for; `auto`: as the size of the model and of the file calls for. */
export const formWishes = ['auto', 'whole', 'blocks', 'diff', 'chunks'] as const;

export type FormWish = (typeof formWishes)[number];

/** What becomes of secrets of known forms in a prompt that goes to another machine. */
export const secretsWishes = ['mask', 'refuse', 'send'] as const;

export type SecretsWish = (typeof secretsWishes)[number];
