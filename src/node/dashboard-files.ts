/** Serves the built dashboard, with headers that let it do what it must and nothing more. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sirv from 'sirv';
import type { StaticFiles } from './routes.ts';
import { StartError } from './start-error.ts';

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  // Any tracker by URL.
  "connect-src 'self' http: https:",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "style-src 'self'",
  "script-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;

/** Files with a hash of their content in the name never change. */
const HASHED = /^\/assets\//;

export function dashboardFiles(folder: string): StaticFiles {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new StartError(`The dashboard is not built: ${folder} has no index.html. Run npm run build.`);
  }
  const serve = sirv(folder, {
    etag: true,
    setHeaders: (response, path) => {
      response.setHeader(
        'cache-control',
        HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  return (request, response, otherwise) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    // RFC 9110 §14.2 lets a server ignore it; sirv takes it as it comes, and throws at `bytes=5-2`.
    delete request.headers.range;
    response.on('pipe', (file) => {
      // A file that a rebuild has just taken away fails while it is read, and sirv listens for no errors.
      file.on('error', () => response.destroy());
      // An answer that waits behind another on its connection is never closed, should the client go: its
      // request is.
      request.on('close', () => file.destroy());
    });
    serve(request, response, otherwise);
  };
}
