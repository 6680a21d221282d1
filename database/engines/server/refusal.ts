import { WorkshopError } from '../../../model/workshop-error.ts';
import type { EngineAddress } from '../../engine-address.ts';

/** Why a login at the learner's server failed, by the server's code or the system's; never with the password. */
export function refusalOf(error: unknown, address: EngineAddress): WorkshopError {
  const { host, port, user, database } = address;
  const reason = plainReason(error);
  const code = codeOf(error);
  const tried = `DATABASE_URL was tried at ${host} port ${port} as "${user}"`;
  const refuse = (name: string, message: string, remedy: string) =>
    new WorkshopError(name, message, { remedy });
  switch (code) {
    case '28P01':
      return refuse('DATABASE_PASSWORD_REFUSED', `${tried}, and the password was refused.`, CORRECT_PASSWORD);
    case '28000':
      return refuse(
        'DATABASE_LOGIN_REFUSED',
        `${tried}, and the server lets this login not in: ${reason}.`,
        PERMIT,
      );
    case '3D000':
      return refuse('DATABASE_MISSING', `${tried}, and there is no database "${database}".`, NAME_DATABASE);
    case '53300':
      return refuse('DATABASE_FULL', `${tried}, and it has no connection left.`, FREE_CONNECTIONS);
    case null:
      if (/SCRAM|password must be/i.test(reason)) {
        return refuse(
          'DATABASE_PASSWORD_REFUSED',
          `${tried}, and it asked for a password.`,
          CORRECT_PASSWORD,
        );
      }
      if (/does not support SSL/i.test(reason)) {
        return refuse(
          'DATABASE_WITHOUT_TLS',
          `${tried} with sslmode=require, and it has no TLS.`,
          WITHOUT_TLS,
        );
      }
      break;
    default:
  }
  return refuse('DATABASE_UNREACHABLE', `${tried}, and it could not be reached: ${reason}.`, START_IT);
}

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

/** A refused connection to a name with two addresses has an empty message and holds one error for each. */
function plainReason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(plainReason).join('; ');
  return error instanceof Error ? error.message : String(error);
}

const OR_UNSET = 'or unset DATABASE_URL to use the PostgreSQL that comes with the workshop.';
const CORRECT_PASSWORD = `Correct the password in DATABASE_URL, ${OR_UNSET}`;
const PERMIT = `Permit the login in the server's pg_hba.conf, ${OR_UNSET}`;
const NAME_DATABASE = `Name a database that exists (every server has "postgres"), ${OR_UNSET}`;
const FREE_CONNECTIONS = `Close other programs that use it, ${OR_UNSET}`;
const WITHOUT_TLS = `Take sslmode=require out of DATABASE_URL, ${OR_UNSET}`;
const START_IT = `Start that server or correct host and port, ${OR_UNSET}`;
