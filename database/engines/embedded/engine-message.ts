import { z } from 'zod';

/** From the process that owns the engine. The first message opens it; there is no other. */
export const engineOrderSchema = z.object({
  home: z.string(),
  password: z.string(),
  /** The file of a unix socket, or a port of 127.0.0.1, where 0 is any. */
  listen: z.union([z.object({ file: z.string() }), z.object({ port: z.number() })]),
});

export const engineReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), line: z.string() }),
  z.object({ type: z.literal('ready'), version: z.string(), port: z.number() }),
  z.object({ type: z.literal('failed'), reason: z.string() }),
]);

export type EngineOrder = z.infer<typeof engineOrderSchema>;
export type EngineReport = z.infer<typeof engineReportSchema>;
