import type { RequestHandler } from 'express';

/** No inline script or style, nothing from elsewhere, no frame around us, and no CORS header at all. */
export function securityHeaders(clinicUrl: string): RequestHandler {
  const headers = {
    'Content-Security-Policy': policy(new URL(clinicUrl).origin),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // Not no-referrer: browsers would then send `Origin: null` with our own forms.
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
  return (_request, response, next) => {
    response.set(headers);
    next();
  };
}

function policy(clinic: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    `frame-src ${clinic}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
