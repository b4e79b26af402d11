import fc from 'fast-check';

/**
 * Property-based tests draw the same cases in every run, so that a red run is about the change at hand.
 * `PROPERTY_SEED=random`, or a number, draws others.
 */
const wish = process.env['PROPERTY_SEED'] ?? '20261121';
if (wish !== 'random') fc.configureGlobal({ seed: Number(wish) });
