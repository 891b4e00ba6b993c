/** Bare limit of the config answer: node:http answering the same bytes, and 304 to whoever names their ETag. Prints its port. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { body, headers } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const server = createServer((request, response) => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.headers['if-none-match'] === headers.etag) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.end(body);
}).listen(0, '127.0.0.1', () => console.log(server.address().port));
process.on('SIGTERM', () => process.exit(0));
