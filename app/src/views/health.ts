import type { Request, Response } from 'express';
import { pool } from '../database.ts';
import { settings } from '../settings.ts';

export async function health(_request: Request, response: Response): Promise<void> {
  await pool.query('SELECT 1');
  response.json({
    status: 'ok',
    sms_gateway: settings.smsGatewayToken === null ? 'missing' : 'configured',
    backup_bucket: settings.backupBucketKey === null ? 'missing' : 'configured',
  });
}
