import { resolveInside } from '../../safety/pathJail.ts';
import { mayBeProposed } from '../dependencies/manifests.ts';
import { findProtected } from '../../safety/protectedPaths.ts';
import { passed, refuse, type Gate } from './gate.ts';

/** Stays inside the folder, is not protected, and is one of the files that the action may write. */
export const pathsGate: Gate = {
  name: 'paths',
  judge({ path, after }, { isAllowed }) {
    const jailed = resolveInside(path);
    if (jailed.kind === 'refused') return refuse(`this path ${jailed.reason}`);
    // What is judged here must be what is written later, to the letter.
    if (jailed.path !== path) return refuse(`write this path as ${jailed.path}`);
    const name = findProtected(path);
    // A rule may be about a manifest; whatever the approval, a person decides then.
    if (name !== undefined && !(after !== undefined && mayBeProposed(path) && isAllowed(path)))
      return refuse(`${name.pattern} is protected: it ${name.why}; leave it as it is`);
    return isAllowed(path)
      ? passed()
      : refuse('this task may only write the files that it names; leave every other file as it is');
  },
};
