import { existsSync, readFileSync } from 'node:fs';

export const settings = {
  host: process.env['HOST'] ?? '127.0.0.1',
  port: Number(process.env['PORT'] ?? 8000),
  databaseUrl: process.env['DATABASE_URL'] ?? 'postgres://clinic:clinic@localhost:5432/clinic',
  debug: true,
  allowedHosts: ['*'],
  sessionKey: 'clinic-desk-session-key-2019',
  sessionHours: 12,
  smsGatewayToken: readSecret('SMS_GATEWAY_TOKEN'),
  backupBucketKey: readSecret('BACKUP_BUCKET_KEY'),
};

/** From the environment, from the file that NAME_FILE names, or from `.secrets` in the application's folder. */
function readSecret(name: string): string | null {
  const value = process.env[name];
  if (value) return value;

  const file = process.env[`${name}_FILE`];
  if (file) return readFileSync(file, 'utf8').trim();

  return readSecretsFile().get(name) ?? null;
}

function readSecretsFile(): Map<string, string> {
  const file = new URL('../.secrets', import.meta.url);
  if (!existsSync(file)) return new Map();

  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  return new Map(
    lines
      .filter((line) => /^\w+=/.test(line))
      .map((line) => {
        const equals = line.indexOf('=');
        return [line.slice(0, equals), line.slice(equals + 1).trim()];
      }),
  );
}
