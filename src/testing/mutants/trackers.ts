/** Trackers that are ours but for one thing that is wrong. What catches each: `trackers-caught.ts`. */
import { CONTENT_MUTANTS } from './trackers-contents.ts';
import { FORM_MUTANTS } from './trackers-forms.ts';
import { LIST_MUTANTS } from './trackers-lists.ts';
import { STATE_MUTANTS } from './trackers-states.ts';

export const TRACKER_MUTANTS = {
  ...LIST_MUTANTS,
  ...STATE_MUTANTS,
  ...CONTENT_MUTANTS,
  ...FORM_MUTANTS,
};
