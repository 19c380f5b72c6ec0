// @ts-check
import { createRequire } from 'node:module';

const express = createRequire(import.meta.url)('express');

/**
 * What the service is measured against, a process of its own: a route that returns a ready text of the wanted size,
 * and one that does nothing but parse the same body. Tells its parent the port.
 */
const app = express();
const ready = new Map();
app.get('/ready/:bytes', (request, response) => {
  const bytes = Number(request.params.bytes);
  if (!ready.has(bytes)) ready.set(bytes, `"${'x'.repeat(Math.max(0, bytes - 2))}"`);
  response.type('json').send(ready.get(bytes));
});
app.post('/parse', express.json({ limit: '10mb' }), (request, response) => {
  response.status(201).json({ keys: Object.keys(request.body).length });
});
const server = app.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => process.exit(0));
