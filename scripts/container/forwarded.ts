import { WorkshopError } from '../../model/workshop-error.ts';

/** Where a browser finds a port of this computer, when it runs on another one: `https://…`, without a slash at the end. */
export type ForwardedAddress = (port: number) => string;

/**
 * GitHub Codespaces says its name and domain; for others SECOND_OPINION_FORWARDED holds the address with `{port}` in it, as
 * `https://{port}-name.example`. `null` on a computer that the browser runs on. Throws `FORWARDED_INVALID`.
 */
export function forwardedAddress(environment: NodeJS.ProcessEnv): ForwardedAddress | null {
  const template = environment['SECOND_OPINION_FORWARDED'] ?? codespace(environment);
  if (template === null || template === '') return null;
  const address = (port: number) => template.replaceAll('{port}', String(port)).replace(/\/$/, '');
  const isUsable = template.includes('{port}') && isOrigin(address(4000));
  if (isUsable) return address;
  const message = `SECOND_OPINION_FORWARDED was to be an address with {port} in it, and is "${template}".`;
  throw new WorkshopError('FORWARDED_INVALID', message, { remedy: REMEDY });
}

function codespace(environment: NodeJS.ProcessEnv): string | null {
  const name = environment['CODESPACE_NAME'] ?? '';
  const domain = environment['GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN'] ?? 'app.github.dev';
  return name === '' ? null : `https://${name}-{port}.${domain}`;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

const REMEDY = 'Set it as https://{port}-name.example, or unset it where the browser runs on this computer.';
