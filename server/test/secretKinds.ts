// Assembled at run time, so that no scanner takes this file for a leak.
/** Fifteen kinds of secrets, each of a known form. */
export const secretKinds: Readonly<Record<string, string>> = {
  anthropic: `sk-ant-${'api03-aB3_'.repeat(4)}`,
  openai: `sk-${'proj-cD4_'.repeat(6)}`,
  openaiOld: `sk-${'eF5'.repeat(16)}`,
  openrouter: `sk-or-v1-${'1b'.repeat(32)}`,
  github: `ghp_${'gH6x'.repeat(9)}`,
  githubFine: `github_pat_${'iJ7x'.repeat(20)}`,
  gitlab: `glpat-${'kL8-'.repeat(5)}`,
  aws: `AKIA${'MNOP2345'.repeat(2)}`,
  google: `AIza${'qR9-_xYz'.repeat(4)}abc`,
  jwt: `eyJ${'hbGci'.repeat(4)}.eyJ${'zdWIi'.repeat(4)}.${'c2ln'.repeat(4)}`,
  slack: `xoxb-${'456-'.repeat(6)}`,
  groq: `gsk_${'sT1x'.repeat(10)}`,
  huggingFace: `hf_${'uV2x'.repeat(9)}`,
  npm: `npm_${'wX3x'.repeat(9)}`,
  stripe: `sk_live_${'yZ4x'.repeat(6)}`,
};

/** Where one of them stands, as `kind in place`. A part of a secret is one, too. */
export function findLeaks(texts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(texts).flatMap(([place, text]) =>
    Object.entries(secretKinds)
      .filter(([, secret]) => text.includes(secret.slice(0, 16)) || text.includes(secret.slice(-12)))
      .map(([kind]) => `${kind} in ${place}`),
  );
}
