import express, { type Express, type RequestHandler, Router } from 'express';
import type { Pictures } from '../components/xray/pictures.ts';
import type { CompareFile } from '../components/side-by-side/compared-file.ts';
import { createVerdicts } from '../components/verdict/kept-verdicts.ts';
import type { GuideSource } from '../guide-source.ts';
import type { Markdown } from '../markdown/markdown.ts';
import type { PageContext } from '../pages/page-context.ts';
import { actionRoutes } from './action-routes.ts';
import type { Assets } from './assets.ts';
import { assetRoutes } from './asset-routes.ts';
import { clinicAddress } from './clinic-address.ts';
import { endings } from './endings.ts';
import type { EventStreams } from './event-streams.ts';
import { pageRoutes } from './page-routes.ts';
import { allowedHosts } from './security/allowed-hosts.ts';
import { fetchMetadata } from './security/fetch-metadata.ts';
import { securityHeaders } from './security/headers.ts';
import { workRoutes } from './work-routes.ts';

export interface ApplicationParts {
  readonly source: GuideSource;
  readonly markdown: Markdown;
  readonly compareFile: CompareFile;
  readonly pictures: Pictures;
  readonly token: string;
  readonly assets: Assets;
  readonly streams: EventStreams;
  readonly port: number;
  readonly allowedHosts: readonly string[];
  /** Called when the first page was sent: the moment to load what the next one needs. */
  readonly onFirstPage: () => void;
}

/** The pages once for each address of the clinic: links, pane and policy name the one that belongs to the asker. */
export function createApplication(parts: ApplicationParts): Express {
  const sites = new Map<string, RequestHandler>();
  const siteFor = (clinicUrl: string): RequestHandler => {
    const site = sites.get(clinicUrl) ?? createSite(parts, clinicUrl);
    sites.set(clinicUrl, site);
    return site;
  };

  const app = express();
  app.disable('x-powered-by');
  app.use((request, response, next) =>
    siteFor(clinicAddress(parts.source.clinicUrl, request.headers.host))(request, response, next),
  );
  return app;
}

/** Guards first: a request that any of them refuses never reaches a route. */
function createSite(parts: ApplicationParts, clinicUrl: string): Router {
  const { markdown, compareFile, pictures, token, assets, streams } = parts;
  const source: GuideSource = { ...parts.source, clinicUrl };
  const context: PageContext = {
    source,
    markdown,
    compareFile,
    drawVerdict: createVerdicts(),
    pictures,
    token,
    assets: assets.base,
  };

  const app = Router();
  app.use(securityHeaders(clinicUrl));
  app.use(allowedHosts(parts.port, parts.allowedHosts));
  app.use(fetchMetadata());
  app.use(assetRoutes(assets));
  app.get('/events', (request, response) => streams.open(request, response));
  app.use(pageRoutes(context, parts.onFirstPage));
  app.use(workRoutes(context));
  app.use(actionRoutes(context));
  for (const ending of endings(context)) app.use(ending);
  return app;
}
