/** What makes a test slow, or lets it end in another way on another day. */
export type HygieneKind = 'sleep' | 'network' | 'clock' | 'random' | 'writes';

export interface ForbiddenCall {
  readonly kind: HygieneKind;
  /** Of what is called, by the name that it was imported as. */
  readonly called: RegExp;
  /** Of the arguments as written; undefined: whatever they are. */
  readonly given?: RegExp;
  /** Words of the test, or of what stands around it, that make it harmless. */
  readonly unless?: RegExp;
}

const notZero = /^\((?!\s*0(?:\.0*)?\s*\))/su;
const pyClockPinned = /freeze_?time|time_?machine|freezer|(?:setattr|patch)[^\n]*(?:time|date)/iu;
const pyNetworkFaked =
  /requests_mock|respx|httpx_mock|responses\b|aioresponses|httpserver|vcr|pook|(?:setattr|patch)[^\n]*(?:requests|urllib|httpx|socket|urlopen)/iu;
const writesLiteral =
  /^\(\s*[rbuf]*(['"])(?!\1)(?!.*(?:tmp|temp)).*?\1\s*,\s*(?:mode\s*=\s*)?['"][^'"]*[wax+]/isu;

export const pythonForbidden: readonly ForbiddenCall[] = [
  {
    kind: 'sleep',
    called: /^(?:time|asyncio|trio|anyio|gevent|eventlet)\.sleep$/u,
    given: notZero,
    unless: /(?:setattr|patch)[^\n]*sleep/u,
  },
  {
    kind: 'network',
    called:
      /^(?:requests|httpx|urllib3|aiohttp|ftplib|smtplib|imaplib|poplib|websockets?|paramiko|grpc)\.|^urllib\.request\.(?:urlopen|urlretrieve)|^http\.client\.HTTPS?Connection|^socket\.(?:socket|create_connection|getaddrinfo|gethostbyname)/u,
    unless: pyNetworkFaked,
  },
  {
    kind: 'clock',
    called:
      /^time\.(?:time|time_ns|monotonic|monotonic_ns|perf_counter|perf_counter_ns|localtime|gmtime|ctime|process_time)$|^datetime\.(?:datetime\.)?(?:now|utcnow|today)$|^datetime\.date\.today$|^(?:pendulum|arrow)\.(?:now|utcnow|today)$/u,
    unless: pyClockPinned,
  },
  {
    kind: 'random',
    called:
      /^random\.(?!seed$|Random$|getstate$|setstate$)\w+$|^secrets\.\w+$|^os\.urandom$|^uuid\.uuid[14]$|^(?:numpy|np)\.random\.(?!seed$|default_rng$|RandomState$)\w+$/u,
    unless:
      /(?:random\.seed|RandomState|default_rng|Random)\(\s*[^)\s]|(?:setattr|patch)[^\n]*(?:random|uuid|urandom)/u,
  },
  {
    kind: 'writes',
    called: /^(?:open|io\.open|codecs\.open)$/u,
    given: writesLiteral,
    unless: /chdir\(\s*tmp|isolated_filesystem/u,
  },
];

const fakeTimers = /useFakeTimers|timers\.enable|setSystemTime|FakeTimers|mockdate|timekeeper/iu;
const fakeFetch =
  /\bnock\b|\bmsw\b|setupServer|MockAgent|fetchMock|(?:stubGlobal|method|spyOn|replace)\([^)]*fetch|(?:globalThis|global)\.fetch\s*=/u;

export const scriptForbidden: readonly ForbiddenCall[] = [
  {
    kind: 'sleep',
    called:
      /^(?:globalThis\.)?(?:setTimeout|setInterval)$|^timers(?:\/promises)?\.(?:setTimeout|setInterval|scheduler\.wait)$|^Atomics\.wait$|(?:^|\.)waitForTimeout$/u,
    given: /^\((?!\s*0\s*\))(?![^]*,\s*0\s*,?\s*\)$)/u,
    unless: fakeTimers,
  },
  {
    kind: 'network',
    called:
      /^(?:globalThis\.)?(?:fetch|WebSocket|XMLHttpRequest|EventSource)$|^https?\.(?:get|request)$|^(?:net|tls)\.(?:connect|createConnection)$|^dns(?:\/promises)?\.|^(?:axios|got|node-fetch|undici|superagent|ky)(?:\.|$)/u,
    unless: fakeFetch,
  },
  {
    kind: 'clock',
    called:
      /^Date\.now$|^(?:performance|perf_hooks\.performance)\.now$|^process\.(?:hrtime(?:\.bigint)?|uptime)$/u,
    unless: fakeTimers,
  },
  { kind: 'clock', called: /^new Date$|^Date$/u, given: /^(?:\(\s*\))?$/u, unless: fakeTimers },
  {
    kind: 'random',
    called:
      /^Math\.random$|^(?:crypto|globalThis\.crypto)\.(?:randomUUID|randomBytes|randomInt|getRandomValues)$/u,
    unless: /(?:spyOn|method|stub|replace)\([^)]*(?:Math|crypto)|Math\.random\s*=/u,
  },
  { kind: 'random', called: /^(?:fc|fast-check)\.(?:assert|check|sample)$/u, unless: /\bseed\b/u },
  {
    kind: 'writes',
    called:
      /^fs(?:\/promises|\.promises)?\.(?:writeFile|appendFile|mkdir|rm|rename|copyFile|unlink|createWriteStream)(?:Sync)?$/u,
    given: /^\(\s*(['"`])(?!.*(?:tmp|temp)).*?\1/isu,
  },
];

export const goForbidden: readonly ForbiddenCall[] = [
  { kind: 'sleep', called: /^time\.(?:Sleep|After|Tick)$/u },
  {
    kind: 'network',
    called: /^net\/http\.(?:Get|Post|PostForm|Head)$|^net\.(?:Dial\w*|Lookup\w+)$/u,
    unless: /httptest\./u,
  },
  { kind: 'clock', called: /^time\.(?:Now|Since|Until)$/u },
  { kind: 'random', called: /^math\/rand\.(?!New|Seed)\w+$|^crypto\/rand\.\w+$/u },
  {
    kind: 'writes',
    called: /^os\.(?:WriteFile|Create|Mkdir|MkdirAll|Remove|RemoveAll|Rename|OpenFile)$/u,
    given: /^\(\s*(?:"|`)(?![^"`]*(?:tmp|temp))/iu,
  },
];
