import { Router } from 'express';
import type { Assets } from './assets.ts';

/** Under a path that changes with the content, so they never go stale; an old path finds nothing. */
export function assetRoutes({ base, files }: Assets): Router {
  const router = Router();
  router.get(`${base}/:name`, (request, response, next) => {
    const asset = files.get(request.params.name);
    if (asset === undefined) return next();
    response.set('Cache-Control', 'public, max-age=31536000, immutable').type(asset.type).send(asset.body);
    return undefined;
  });
  return router;
}
