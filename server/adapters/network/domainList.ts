/** Names with at least two labels whose last one begins with a letter: so no address in any of its spellings is one. */
const nameForm =
  /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/u;

/** A host as it is compared: lower case, without the dot at the end. undefined: it is no name of a domain. */
export function domainOf(host: string): string | undefined {
  const name = host.toLowerCase().replace(/\.$/u, '');
  return nameForm.test(name) ? name : undefined;
}

/** `example.org` stands for itself alone, `*.example.org` for what lies below it alone. What is no such entry allows nothing. */
export function isListed(name: string, domains: readonly string[]): boolean {
  return domains.some((entry) => {
    const isBelow = entry.startsWith('*.');
    const domain = domainOf(isBelow ? entry.slice(2) : entry);
    if (domain === undefined) return false;
    return isBelow ? name.endsWith(`.${domain}`) : name === domain;
  });
}
