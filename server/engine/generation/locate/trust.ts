/** How much had to be overlooked to find a place, the surest first. */
export const trustLevels = [
  'exact',
  'line-endings',
  'trailing-space',
  'indentation',
  'blank-lines',
  'look-alikes',
  'similar',
] as const;

export type Trust = (typeof trustLevels)[number];
