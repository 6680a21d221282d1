/** Where a running PostgreSQL is reached and as which administrator. Plain JSON: it is handed to other processes. */
export interface EngineAddress {
  readonly kind: 'server' | 'native' | 'embedded';
  /** A host name, or the folder of a unix socket when it begins with `/`. */
  readonly host: string;
  readonly port: number;
  /** The administrator; may create databases and roles. */
  readonly user: string;
  readonly password: string | null;
  /** The database that the administrator connects to for the work that belongs to no clone. */
  readonly database: string;
  readonly ssl: boolean;
  /** The server's own words: `18.4`. */
  readonly version: string;
}

/** A PostgreSQL that this process uses. The last process to close a native one stops it. */
export interface Engine {
  readonly address: EngineAddress;
  close(): Promise<void>;
}
