export { setup } from './slice.setup.ts';
