import { packError } from './wire.ts';

export const CANCELLED = packError({ code: '57014', message: 'canceling statement due to user request' });
export const WAITED = packError({
  code: '55P03',
  message:
    'another connection has a transaction open and rests in it, and the embedded database works for one transaction at a time',
  hint: 'End each transaction (COMMIT or ROLLBACK) before something else is asked, and inside of one ask the client that began it, never the pool.',
});
export const EVICTED = packError({
  severity: 'FATAL',
  code: '25P03',
  message: 'terminating connection due to idle-in-transaction timeout',
  hint: 'Others waited for this transaction, and the embedded database works for one at a time.',
});
export const ENDED = packError({
  severity: 'FATAL',
  code: '57P01',
  message: 'the embedded database was ended',
});
