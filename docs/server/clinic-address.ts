/**
 * Where a page of the guide finds the clinic: under the name by which the guide itself was asked, `Host`. The clinic's
 * cookie then belongs to the same site as the page, so that a login inside the pane lasts; a browser takes 127.0.0.1 and
 * localhost for two sites. Under any other name, a forwarded one, the address stays as it was handed in.
 */
export function clinicAddress(clinicUrl: string, host: string | undefined): string {
  const asked = /^(localhost|127\.0\.0\.1)(?::\d+)?$/i.exec(host ?? '')?.[1]?.toLowerCase();
  const { protocol, port, hostname } = new URL(clinicUrl);
  if (asked === undefined || !OWN_NAMES.has(hostname)) return clinicUrl;
  return `${protocol}//${asked}${port === '' ? '' : `:${port}`}`;
}

const OWN_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1']);
