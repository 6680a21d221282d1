import { createApp } from './app.ts';
import { pool } from './database.ts';
import { settings } from './settings.ts';

const server = createApp().listen(settings.port, settings.host);

server.once('listening', () => {
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : settings.port;
  console.log(`Clinic listening on http://${settings.host}:${port}`);
});

process.once('SIGTERM', stop);
process.once('SIGINT', stop);

function stop() {
  server.close(() => void pool.end());
  server.closeAllConnections();
}
