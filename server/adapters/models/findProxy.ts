export interface ProxySettings {
  /** The user's own; empty: what the environment says. `off`: none at all. */
  readonly proxy: string;
  /** Hosts that are asked directly, as `http.noProxy` has them. */
  readonly noProxy: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The proxy for an address; undefined: it is asked directly. This machine is never asked through another one. */
export function findProxy(target: URL, settings: ProxySettings): string | undefined {
  const { proxy, noProxy, environment } = settings;
  if (proxy === 'off' || isLoopback(target.hostname)) return undefined;
  const fromEnvironment = (name: string): string =>
    environment[name.toLowerCase()]?.trim() || environment[name]?.trim() || '';
  const own = target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const found = proxy || fromEnvironment(own) || fromEnvironment('ALL_PROXY');
  if (found === '') return undefined;
  const direct = [...noProxy, ...fromEnvironment('NO_PROXY').split(/[\s,]+/)];
  return direct.some((pattern) => matches(target, pattern.trim())) ? undefined : found;
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname);
}

/** `example.com` and `.example.com` stand for the host and all below it, as in curl; `*` for all hosts. */
function matches({ hostname, port, protocol }: URL, pattern: string): boolean {
  if (pattern === '') return false;
  if (pattern === '*') return true;
  const [, name = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(pattern) ?? [];
  if (wanted !== undefined && wanted !== (port || (protocol === 'https:' ? '443' : '80'))) return false;
  const suffix = name.toLowerCase().replace(/^\*?\./, '');
  return suffix !== '' && (hostname === suffix || hostname.endsWith(`.${suffix}`));
}
