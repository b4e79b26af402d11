/** The first of the answers that most of them agree with; undefined when there are none. */
export function pickVoted<Answer>(
  answers: readonly Answer[],
  contentOf: (answer: Answer) => string,
): Answer | undefined {
  const votes = new Map<string, { readonly first: Answer; count: number }>();
  for (const answer of answers) {
    const content = normalizeContent(contentOf(answer));
    const known = votes.get(content);
    if (known) known.count += 1;
    else votes.set(content, { first: answer, count: 1 });
  }
  let most: { readonly first: Answer; count: number } | undefined;
  // In the order of first mention, so that a tie goes to the first.
  for (const vote of votes.values()) if (!most || vote.count > most.count) most = vote;
  return most?.first;
}

/** What two answers must share to count as one: everything but white space between words and at line ends. */
function normalizeContent(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
