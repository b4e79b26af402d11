type PlainMap = Readonly<Record<string, unknown>>;

/** Both maps with `over` on top, map by map; any other value replaces the one below it. */
export function mergeDeep(below: PlainMap, over: PlainMap): PlainMap {
  if (Object.keys(over).length === 0) return below;
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(over)) {
    const known = merged.get(key);
    merged.set(key, isMap(known) && isMap(value) ? mergeDeep(known, value) : value);
  }
  return Object.fromEntries(merged);
}

function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
