/** What the embedded engine does otherwise than a server, because it has one session: expected, and why. */
export interface Difference {
  readonly observed: unknown;
  readonly reason: string;
}

const ONE_TRANSACTION =
  'One backend has one transaction at a time: others wait for it, and are refused when it rests for 4 seconds.';
const NOBODY_ELSE =
  'The backend was logged in to by the administrator, so that a client may not change who it is at all, not even back.';
const ONE_AFTER_ANOTHER = 'Transactions run one after another, so that they never meet.';

export const EXPECTED_DIFFERENCES: Readonly<Record<string, Difference>> = {
  'what a transaction has not committed is not seen by others, who are not held up by it': {
    observed: '55P03',
    reason: ONE_TRANSACTION,
  },
  'a query of the pool is answered while a client of it has a transaction open': {
    observed: '55P03',
    reason: ONE_TRANSACTION,
  },
  'two transactions that read, wait and write lose an update': { observed: 2, reason: ONE_AFTER_ANOTHER },
  'of two serializable transactions that conflict, one is refused': {
    observed: ['ok', 'ok'],
    reason: ONE_AFTER_ANOTHER,
  },
  'of two transactions that wait for each other, one is ended': {
    observed: ['ok', 'ok'],
    reason: ONE_AFTER_ANOTHER,
  },
  'a row that another transaction has locked is skipped': { observed: [1, 1], reason: ONE_AFTER_ANOTHER },
  'two sessions work at the same time': {
    observed: false,
    reason: 'One backend computes one statement at a time.',
  },
  'a setting of one’s own that nobody set is unknown': {
    observed: '',
    reason:
      'PostgreSQL never forgets that a setting of one’s own was set in its session, it only empties it.',
  },
  'a temporary table is its session’s own': {
    observed: 'passing',
    reason: 'The one session has one schema for temporary tables.',
  },
  'each session has a process of its own': { observed: false, reason: 'There is one process.' },
  'a session lock keeps another session out': {
    observed: true,
    reason: 'A session may take its own lock again, and there is one session.',
  },
  'a session is cancelled by SQL from another one': {
    observed: 'ok',
    reason: 'There is no other process to cancel; a request to cancel by the protocol works.',
  },
  'the database says its name': {
    observed: [{ same: false }],
    reason: 'Each database is a backend of its own, inside of which it is called postgres.',
  },
  'a session may go back to whom it logged in as': { observed: '42501', reason: NOBODY_ELSE },
  'a session may lay down a role that it took': { observed: '42501', reason: NOBODY_ELSE },
};
