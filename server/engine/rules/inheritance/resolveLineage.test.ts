import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createSeededRandom } from '../../../test/seededRandom.ts';
import { resolveLineage, type Lineage } from './resolveLineage.ts';

/** Whole numbers from 0 up to, not including, a limit. */
function drawBelow(seed: number): (limit: number) => number {
  const random = createSeededRandom(seed);
  return (limit) => Math.floor(random.fraction() * limit);
}

type Parents = Readonly<Record<string, readonly string[]>>;

function resolveAll(parents: Parents, order = Object.keys(parents)): ReadonlyMap<string, Lineage> {
  const known = new Map<string, Lineage>();
  const parentsOf = (id: string) =>
    (parents[id] ?? []).map((parent, index) => ({ id: parent, span: { start: index, end: index + 1 } }));
  for (const id of order) resolveLineage(id, { known, parentsOf, nameOf: (each) => each });
  return known;
}

/** The order of one rule, and its problems as `code at: message`. */
function describeOne(parents: Parents, id: string): readonly [string, readonly string[]] {
  const lineage = resolveAll(parents).get(id);
  const problems = lineage?.problems.map(({ code, span, message }) => `${code} ${span.start}: ${message}`);
  return [lineage?.ids.join(' ') ?? '', problems ?? []];
}

describe('resolveLineage', () => {
  const orders: readonly (readonly [title: string, parents: Parents, order: string])[] = [
    ['of a rule without parents is itself', { a: [] }, 'a'],
    ['goes up a chain', { a: ['b'], b: ['c'], c: [] }, 'a b c'],
    ['has the root of a diamond once and last', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, 'a b c d'],
    ['keeps the order in which parents are written', { a: ['c', 'b'], b: [], c: [] }, 'a c b'],
    [
      'keeps the orders of all parents',
      {
        a: ['x', 'y'],
        x: ['p', 'q'],
        y: ['q', 'r'],
        p: ['o'],
        q: ['o'],
        r: ['o'],
        o: [],
      },
      'a x p y q r o',
    ],
  ];
  for (const [title, parents, order] of orders) {
    it(title, () => assert.deepEqual(describeOne(parents, 'a'), [order, []]));
  }

  const faults: readonly (readonly [
    title: string,
    parents: Parents,
    order: string,
    code: string,
    at: number,
    message: RegExp,
  ])[] = [
    ['itself', { a: ['a'] }, 'a', 'rule.cyclic-parent', 0, /cannot extend itself/],
    ['a cycle', { a: ['b'], b: ['c'], c: ['a'] }, 'a', 'rule.cyclic-parent', 0, /a → b → c → a/],
    [
      'a cycle beside a parent that is fine',
      { a: ['ok', 'b'], b: ['a'], ok: ['root'], root: [] },
      'a ok root',
      'rule.cyclic-parent',
      1,
      /a → b → a/,
    ],
    [
      'a parent behind its own parent',
      { a: ['base', 'child'], child: ['base'], base: [] },
      'a base',
      'rule.inconsistent-parents',
      1,
      /`child` inherits from `base` \(child → base\), which stands before it/,
    ],
    ['a parent twice', { a: ['b', 'b'], b: [] }, 'a b', 'rule.inconsistent-parents', 1, /named twice/],
    [
      'opposite orders',
      { a: ['x', 'y'], x: ['p', 'q'], y: ['q', 'p'], p: [], q: [] },
      'a x p q',
      'rule.inconsistent-parents',
      1,
      /opposite orders/,
    ],
  ];
  for (const [title, parents, order, code, at, message] of faults) {
    it(`finds ${title}, and stands on the rest`, () => {
      const [found, problems] = describeOne(parents, 'a');
      assert.deepEqual([found, problems.length], [order, 1]);
      assert.ok(problems[0]?.startsWith(`${code} ${at}: `), problems[0]);
      assert.match(problems[0] ?? '', message);
    });
  }

  const chain = (length: number): Parents =>
    Object.fromEntries(
      Array.from({ length }, (_, index) => [`r${index}`, index === 0 ? [] : [`r${index - 1}`]]),
    );

  it('goes up 32 steps and no further', () => {
    const lineages = resolveAll(chain(40));
    assert.equal(lineages.get('r32')?.ids.length, 33);
    assert.deepEqual(lineages.get('r33')?.ids, ['r33']);
    const [problem] = lineages.get('r33')?.problems ?? [];
    assert.equal(problem?.code, 'rule.parents-too-deep');
    assert.match(problem?.message ?? '', /r33 → r32 → r31 → r30 → … → r3 → r2 → r1 → r0/);
    assert.deepEqual(
      [...lineages].filter(([, { problems }]) => problems.length > 0).map(([id]) => id),
      ['r33'],
    );
  });

  it('bears chains and cycles that are longer than any stack', () => {
    const long = chain(12_000);
    const order = ['r11999'];
    assert.equal(resolveAll(long, order).size, 12_000);
    const knot = resolveAll({ ...long, r0: ['r11999'] }, order);
    assert.ok([...knot.values()].every(({ problems }) => problems[0]?.code === 'rule.cyclic-parent'));
  });

  it('does not depend on who is asked first', () => {
    const below = drawBelow(7);
    for (let round = 0; round < 300; round += 1) {
      const count = 2 + below(7);
      const names = Array.from({ length: count }, (_, index) => `n${index}`);
      const parents = Object.fromEntries(
        names.map((name) => [name, Array.from({ length: below(4) }, () => `n${below(count)}`)]),
      );
      const forwards = resolveAll(parents, names);
      const backwards = resolveAll(parents, names.toReversed());
      for (const name of names) assert.deepEqual(forwards.get(name), backwards.get(name));
    }
  });

  it('gives the orders of Python on 10,000 random hierarchies', () => {
    const below = drawBelow(11);
    const hierarchies = Array.from({ length: 10_000 }, () =>
      Array.from({ length: 2 + below(10) }, (_, number) =>
        Array.from({ length: below(5) }, () => below(Math.max(number, 1))).filter(
          // Seldom a parent twice: most hierarchies would end there.
          (parent, index, all) => number > 0 && (all.indexOf(parent) === index || below(50) === 0),
        ),
      ),
    );
    const script = fileURLToPath(new URL('pythonOrder.py', import.meta.url));
    const answer = execFileSync('python3', ['-I', script], {
      input: JSON.stringify(hierarchies),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const expected = JSON.parse(answer) as readonly (readonly (readonly number[] | null)[])[];
    const counts = { orders: 0, none: 0 };
    for (const [index, hierarchy] of hierarchies.entries()) {
      const parents = Object.fromEntries(hierarchy.map((each, number) => [String(number), each.map(String)]));
      const lineages = resolveAll(parents);
      const sound = new Set<string>();
      for (const [number, order] of (expected[index] ?? []).entries()) {
        const id = String(number);
        const isSound = lineages.get(id)?.problems.length === 0;
        if (isSound && parents[id]?.every((parent) => sound.has(parent))) sound.add(id);
        const ours = sound.has(id) ? lineages.get(id)?.ids.join() : undefined;
        if (ours !== order?.join())
          assert.fail(`${JSON.stringify(hierarchy)}: ${id} is ${ours}, in Python ${order?.join()}`);
        counts[order === null ? 'none' : 'orders'] += 1;
      }
    }
    assert.ok(counts.orders > 20_000 && counts.none > 5_000, JSON.stringify(counts));
  }).timeout(60_000);
});
