import type es from '../es/admin.ts';
import type { Texts } from '../texts.ts';
import evidence from './admin/evidence.ts';
import outcome from './admin/outcome.ts';
import question from './admin/question.ts';
import trail from './admin/trail.ts';
import wait from './admin/wait.ts';

export default {
  ...question, ...wait, ...outcome, ...trail, ...evidence,

  reason: {
    label: 'Reason (optional)',
    hint: 'It is kept in the history and in what you sign',
    tooLong: 'Use 200 characters or fewer',
  },
  cancel: 'Cancel',
  close: 'Close',
  back: 'Back',
  retry: 'Try again',
  confirmInToken: 'Confirm on my token',
  andMore_one: 'and {{n}} more',
  andMore_other: 'and {{n}} more',
  people_one: '{{n}} person',
  people_other: '{{n}} people',
  hardware: {
    title: 'Hardware token',
    on: 'Active',
    off: 'Switched off',
    lost: 'Lost',
  },
  virtual: { title: 'Virtual token' },
  userState: { active: 'Active user', inactive: 'Inactive user' },
  pager: {
    shown: 'Showing entries {{from}} to {{to}} of {{total}}',
    shownOfMore: 'Showing entries {{from}} to {{to}} of more than {{total}}',
    someOfMore: 'Showing {{shown}} entries of more than {{total}}',
    none: 'No entries',
    dated: 'data of {{time}}',
    size: 'Entries per page',
    label: 'Pages',
    first: 'First page',
    previous: 'Previous page',
    next: 'Next page',
    last: 'Last page',
  },
  search: { clear: 'Clear the search', shortcut: 'Ctrl K' },
  sort: { ascending: 'ascending', descending: 'descending', by: 'Sort by {{column}}' },
  filters: { label: 'Filter the list' },
  noMatch: { title: 'No results', text: 'Nothing matches the search and the filter.', clear: 'Clear search and filter' },
  linkTo: { password: 'Send password link' },
  updatedAt: 'Last update {{at}}',
  refresh: 'Refresh now',
} as const satisfies Texts<typeof es>;
