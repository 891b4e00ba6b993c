/** Bare limit of the push: an SSE server that sends what it is posted to everybody at once. Prints its port. */
import { createServer } from 'node:http';

const open = new Set();
let pushes = 0;
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    open.add(response);
    response.on('close', () => open.delete(response));
    return;
  }
  let body = '';
  request.setEncoding('utf8').on('data', (data) => (body += data));
  request.on('end', () => {
    pushes += 1;
    const text = `id: ${pushes}\nevent: config\ndata: ${body}\n\n`;
    for (const stream of open) stream.write(text);
    response.end(String(pushes));
  });
}).listen(0, '127.0.0.1', () => console.log(server.address().port));
process.on('SIGTERM', () => process.exit(0));
